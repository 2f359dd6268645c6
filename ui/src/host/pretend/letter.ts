// A letter as Rust would write it, shortened: enough for the preview to look and behave as the real one does.
import type { Draft, DraftItem, LetterBlock, LetterPreview, Note } from "../contract";
import { type Book, fieldsOf, findPlace, idOf, lineOf } from "./book";

const note = (code: string, message: string, args: Record<string, string> = {}): Note => ({
  code,
  message,
  args,
  at: null,
});

export const profile = {
  name: "SELLSY",
  address: "50 avenue du Lazaret\n17000 La Rochelle",
  email: "dpo@sellsy.example",
};

export function draftItems(book: Book, draft: Draft): DraftItem[] {
  return draft.items.map(({ locator }) => {
    const found = findPlace(book, locator);
    if (!found) return { record: null, kind: "other", title: "", label: "", role: "", present: "", locator };
    const line = lineOf(book, found.t, found.index);
    const field = fieldsOf(found.table, found.index).find((f) => f.name === found.key);
    return {
      record: idOf(found.t, found.index),
      kind: line.kind,
      title: line.title,
      label: field?.label ?? "",
      role: field?.role ?? "",
      present: field?.value ?? line.text,
      locator,
    };
  });
}

const grounds: Record<string, [string, string]> = {
  no_longer_necessary: ["art. 17(1)(a) : plus nécessaire", "Art. 17(1)(a): no longer necessary"],
  consent_withdrawn: ["art. 17(1)(b) : consentement retiré", "Art. 17(1)(b): consent withdrawn"],
  objection: ["art. 17(1)(c) : opposition", "Art. 17(1)(c): objection"],
  unlawful: ["art. 17(1)(d) : traitement illicite", "Art. 17(1)(d): unlawful processing"],
  legal_obligation: ["art. 17(1)(e) : obligation légale", "Art. 17(1)(e): legal obligation"],
  child: ["art. 17(1)(f) : enfant", "Art. 17(1)(f): child"],
};

export function letterOf(book: Book, draft: Draft): LetterPreview {
  const french = draft.language === "fr";
  const t = (fr: string, en: string): string => (french ? fr : en);
  const items = draftItems(book, draft);
  const known = draft.recipient.profile === "sellsy";
  const to = {
    name: draft.recipient.name || (known ? profile.name : ""),
    address: draft.recipient.address || (known ? profile.address : ""),
    email: draft.recipient.email || (known ? profile.email : ""),
  };
  const right = draft.right === "rectification";
  const subject = right
    ? t("Demande de rectification (article 16 du RGPD)", "Request for rectification (Art. 16 GDPR)")
    : t("Demande d’effacement (article 17 du RGPD)", "Request for erasure (Art. 17 GDPR)");
  const day = t("23 novembre 2026", "23 November 2026");
  const { requester } = draft;
  const rows = draft.items.map((item, i) => {
    const shown = items[i];
    const where = `${item.locator.entry}, ${item.locator.at}`;
    const present = shown?.present ?? "";
    return right
      ? [where, present, item.right_value ?? "…"]
      : [
          where,
          shown?.title ?? "",
          (grounds[item.ground ?? ""]?.[french ? 0 : 1] ?? "…") + (item.reason ? ` — ${item.reason}` : ""),
        ];
  });
  const blocks: LetterBlock[] = [
    {
      type: "address",
      who: "sender",
      lines: [requester.name || "…", ...requester.address.split("\n"), requester.email].filter((l) => l !== ""),
    },
    { type: "date", text: draft.place ? t(`${draft.place}, le ${day}`, `${draft.place}, ${day}`) : day },
    {
      type: "address",
      who: "recipient",
      lines: [
        t("Au délégué à la protection des données", "To the Data Protection Officer"),
        to.name || "…",
        ...to.address.split("\n"),
        to.email,
      ].filter((l) => l !== ""),
    },
    {
      type: "subject",
      text: draft.reference ? `${subject}. ${t("Référence", "Reference")} ${draft.reference}` : subject,
    },
    { type: "paragraph", text: t("Madame, Monsieur,", "Dear Data Protection Officer,"), own: false },
    {
      type: "paragraph",
      own: false,
      text: right
        ? t(
            "J’ai lu la copie de mes données que vous m’avez remise. Les détails suivants y sont inexacts. Je vous demande de les rectifier dans les meilleurs délais :",
            "I have read the copy of my data that you sent me. The following details in it are inaccurate. Please correct them without undue delay:",
          )
        : t(
            "J’ai lu la copie de mes données que vous m’avez remise. Je vous demande d’effacer dans les meilleurs délais les éléments suivants :",
            "I have read the copy of my data that you sent me. Please erase the following records without undue delay:",
          ),
    },
  ];
  if (rows.length > 0) {
    blocks.push({
      type: "table",
      header: right
        ? [
            t("Où, dans votre export", "Where in your export"),
            t("Il est écrit", "Stands there"),
            t("Il faut lire", "Should read"),
          ]
        : [t("Où, dans votre export", "Where in your export"), t("Élément", "Record"), t("Motif", "Ground")],
      rows,
    });
  }
  const proofs = draft.items.map((item) => item.proof).filter((proof): proof is string => Boolean(proof));
  if (right && proofs.length > 0) {
    blocks.push({ type: "paragraph", text: t("À l’appui, je peux montrer :", "In support I can show:"), own: false });
    blocks.push({ type: "list", items: proofs });
  }
  if (draft.own_words) blocks.push({ type: "paragraph", text: draft.own_words, own: true });
  blocks.push(
    {
      type: "paragraph",
      own: false,
      text: t(
        "Merci d’en informer chaque destinataire à qui ces données ont été communiquées (art. 19), et de me confirmer ce qui a été fait, et quand.",
        "Please tell each recipient to whom these data were disclosed (Art. 19), and confirm to me what was done and when.",
      ),
    },
    {
      type: "paragraph",
      own: false,
      text: requester.customer_number
        ? t(
            `Vous pouvez me reconnaître à mon numéro de client ${requester.customer_number} et à l’adresse e-mail de mon compte, depuis laquelle j’écris.`,
            `You can identify me by my customer number ${requester.customer_number} and by the e-mail address of my account, from which I write.`,
          )
        : t("J’écris depuis l’adresse e-mail de mon compte.", "I write from the e-mail address of my account."),
    },
    {
      type: "paragraph",
      own: false,
      text: t(
        "L’article 12(3) prévoit une réponse dans le mois qui suit la réception.",
        "Under Art. 12(3) an answer is due within one month of receipt.",
      ),
    },
    {
      type: "signature",
      lines: [t("Veuillez agréer mes salutations distinguées.", "Yours faithfully,"), requester.name || "…"],
    },
    { type: "annex", title: t("Annexe : les éléments cités", "Annex: the records cited") },
    ...items.flatMap((item): LetterBlock[] => [
      { type: "heading", text: item.title || item.locator.entry },
      { type: "paragraph", text: `${item.locator.entry}#${item.locator.at}`, own: false },
    ]),
  );

  const missing: Note[] = [];
  if (requester.name === "") missing.push(note("requester_name", "your name is missing"));
  if (draft.items.length === 0) missing.push(note("items", "no record is chosen"));
  if (right && draft.items.some((item) => !item.right_value))
    missing.push(note("right_value", "a right value is missing"));
  if (!right && draft.items.some((item) => !item.ground)) missing.push(note("ground", "a ground is missing"));
  if (to.email === "" && to.address === "") missing.push(note("recipient", "the recipient is missing"));

  const advice: Note[] = [];
  if (known) {
    advice.push(note("company_asks_id", "Sellsy asks for a copy of an ID", { company: "Sellsy" }));
    advice.push(note("company_asks_reason", "Sellsy asks for a justification", { company: "Sellsy" }));
  }
  if (!right && items.some((item) => item.kind === "billing")) {
    advice.push(
      note(
        "retention_duty",
        "item 1: expect a refusal until 2034-12-31: the company must keep this for 10 years (art. L123-22 Code de commerce, art. 17(3)(b) GDPR)",
        { item: "1", until: "2034-12-31", years: "10" },
      ),
    );
  }
  return { language: draft.language, to: to.email, subject, blocks, missing, advice, items };
}
