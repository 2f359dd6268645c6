// An invented export: tables of invented rows, each with the text of the file it would stand in, so that every value
// has a true place. Persons, companies, numbers and addresses are invented; domains are reserved ones.

export interface Column {
  key: string;
  label: string;
  role: string;
  /** How the raw text reads. */
  reading?: "date" | "money" | "flag";
}

export interface Table {
  path: string;
  format: "json" | "csv" | "xlsx" | "png" | "heic";
  /** The name of the list in a JSON file. */
  root: string;
  kind: string;
  /** The kind that the user said, where it was told wrongly. */
  corrected?: string | undefined;
  what: string;
  columns: Column[];
  count: number;
  row: (index: number) => Record<string, string>;
  title: (row: Record<string, string>) => string;
  /** The column of the day and of the main amount. */
  day: string;
  amount?: string;
}

/** The same numbers every time: a small generator, since nothing here is a secret. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export const pick = <T>(list: readonly T[], at: number): T => {
  const found = list[Math.floor(at) % list.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

const two = (value: number): string => String(value).padStart(2, "0");
export const cents = (value: number): string => (value / 100).toFixed(2);
const french = (iso: string): string => iso.split("-").reverse().join("/");
const comma = (text: string): string => text.replace(".", ",");

// ---------------------------------------------------------------- billing

interface Invoice {
  number: string;
  day: string;
  due: string;
  label: string;
  net: number;
  status: string;
  credit: string;
}

const invoices: Invoice[] = [];
{
  const random = dice(11);
  let serial = 311;
  for (let month = 2; month < 96; month += 1) {
    const year = 2019 + Math.floor(month / 12);
    const day = `${String(year)}-${two((month % 12) + 1)}-01`;
    if (day > "2026-10-01") break;
    serial += 1 + Math.floor(random() * 9);
    const net = year < 2021 ? 4900 : year < 2023 ? 7900 : 9900;
    const extra = month % 17 === 4;
    invoices.push({
      number: `F-${String(year)}-${String(serial % 10000).padStart(4, "0")}`,
      day,
      due: `${day.slice(0, 8)}31`.replace(/-(02|04|06|09|11)-31/, "-$1-28"),
      label: extra ? "Formation en ligne, 2 h" : "Abonnement Facturation, formule Essentiel",
      net: extra ? 20000 : net,
      status: day === "2023-07-01" ? "En retard" : day > "2026-09-01" ? "À payer" : "Payée",
      credit: "",
    });
    if (month % 12 === 1) serial = 40;
  }
  const twice = invoices.find((invoice) => invoice.day === "2024-02-01");
  if (twice) twice.number = "F-2024-0207";
  for (const [index, day] of ["2021-05-12", "2023-10-20", "2025-03-04"].entries()) {
    const of = invoices.filter((invoice) => invoice.day < day).at(-1);
    invoices.push({
      number: `A-${day.slice(0, 4)}-000${String(index + 1)}`,
      day,
      due: day,
      label: `Avoir sur ${of?.number ?? ""}`,
      net: -Math.round((of?.net ?? 0) / 2),
      status: "Remboursé",
      credit: of?.number ?? "",
    });
  }
  invoices.sort((a, b) => (a.day < b.day ? -1 : 1));
}

const gross = (net: number): number => Math.round(net * 1.2);

const invoiceTable = (path: string, root: string, what: string, rows: Invoice[]): Table => ({
  path,
  format: "json",
  root,
  kind: "billing",
  what,
  columns: [
    { key: "number", label: "Number", role: "invoice_number" },
    { key: "date", label: "Date", role: "created_on", reading: "date" },
    { key: "due_date", label: "Due date", role: "due_on", reading: "date" },
    { key: "customer", label: "Customer", role: "company" },
    { key: "label", label: "Label", role: "label" },
    { key: "net", label: "Net", role: "net", reading: "money" },
    { key: "vat_rate", label: "VAT rate", role: "tax_rate" },
    { key: "vat", label: "VAT", role: "tax", reading: "money" },
    { key: "total", label: "Total", role: "gross", reading: "money" },
    { key: "currency", label: "Currency", role: "currency" },
    { key: "status", label: "Status", role: "status" },
  ],
  count: rows.length,
  row: (index) => {
    const i = pick(rows, index);
    return {
      number: i.number,
      date: i.day,
      due_date: i.due,
      customer: "Atelier Aubépin",
      label: i.label,
      net: cents(i.net),
      vat_rate: "20 %",
      vat: cents(gross(i.net) - i.net),
      total: cents(gross(i.net)),
      currency: "EUR",
      status: i.status,
      of: i.credit,
    };
  },
  title: (row) => `${row["number"] ?? ""} · ${row["label"] ?? ""}`,
  day: "date",
  amount: "total",
});

interface Payment {
  number: string;
  day: string;
  invoice: string;
  amount: number;
}

const payments: Payment[] = [];
for (const invoice of invoices.filter((i) => i.status === "Payée")) {
  const times = invoice.number === "F-2024-0207" ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    payments.push({
      number: `P-${String(7000 + payments.length * 3)}`,
      day: `${invoice.day.slice(0, 8)}${two(3 + time * 2)}`,
      invoice: invoice.number,
      amount: gross(invoice.net),
    });
  }
}

export const billing: Table[] = [
  invoiceTable(
    "facturation/factures.json",
    "invoices",
    "invoice",
    invoices.filter((i) => i.credit === ""),
  ),
  invoiceTable(
    "facturation/avoirs.json",
    "credit_notes",
    "credit_note",
    invoices.filter((i) => i.credit !== ""),
  ),
  {
    path: "facturation/paiements.csv",
    format: "csv",
    root: "",
    kind: "billing",
    what: "payment",
    columns: [
      { key: "N° paiement", label: "N° paiement", role: "payment_number" },
      { key: "Date", label: "Date", role: "paid_on", reading: "date" },
      { key: "Facture", label: "Facture", role: "invoice_number" },
      { key: "Montant", label: "Montant", role: "amount", reading: "money" },
      { key: "Devise", label: "Devise", role: "currency" },
      { key: "Moyen", label: "Moyen", role: "method" },
    ],
    count: payments.length,
    row: (index) => {
      const p = pick(payments, index);
      return {
        "N° paiement": p.number,
        Date: french(p.day),
        Facture: p.invoice,
        Montant: comma(cents(p.amount)),
        Devise: "EUR",
        Moyen: "Carte se terminant par 4242",
      };
    },
    title: (row) => `${row["N° paiement"] ?? ""} pour ${row["Facture"] ?? ""}`,
    day: "Date",
    amount: "Montant",
  },
];

// ---------------------------------------------------------------- accounts

const single = (
  path: string,
  root: string,
  what: string,
  title: string,
  day: string,
  values: [string, string, string, string, Column["reading"]?][],
): Table => ({
  path,
  format: "json",
  root,
  kind: "account",
  what,
  columns: values.map(([key, label, role, , reading]) => ({ key, label, role, ...(reading && { reading }) })),
  count: 1,
  row: () => Object.fromEntries(values.map(([key, , , value]) => [key, value])),
  title: () => title,
  day,
});

export const accounts: Table[] = [
  single("compte/profil.json", "profile", "profile", "Camille Aubepin", "created_at", [
    ["customer_no", "Customer no", "customer_number", "40117"],
    ["first_name", "First name", "first_name", "Camille"],
    ["last_name", "Last name", "last_name", "Aubepin"],
    ["company", "Company", "company", "Atelier Aubépin"],
    ["email", "Email", "email", "camille@atelier-aubepin.example"],
    ["phone", "Phone", "phone", "+33 1 99 00 12 34"],
    ["address", "Address", "address", "12 rue des Lilas, 17000 La Rochelle"],
    ["birth_date", "Birth date", "birth_date", "04/07/1984", "date"],
    ["language", "Language", "language", "fr"],
    ["created_at", "Created at", "created_on", "2019-03-01T09:12:44Z", "date"],
  ]),
  single("compte/abonnement.json", "subscription", "subscription", "Facturation, formule Essentiel", "start", [
    ["plan", "Plan", "product", "Facturation, formule Essentiel"],
    ["start", "Start", "starts_on", "2019-03-01", "date"],
    ["renewal", "Renewal", "ends_on", "2027-02-28", "date"],
    ["billing_address", "Billing address", "address", "8 quai Valin, 17000 La Rochelle"],
    ["iban", "IBAN", "iban", "FR76 3000 6000 0112 3456 7890 189"],
    ["vat_number", "VAT number", "vat_number", "FR40303265045"],
  ]),
  single("compte/preferences.json", "settings", "settings", "Préférences", "updated_at", [
    ["newsletter", "Newsletter", "flag", "false", "flag"],
    ["theme", "Theme", "other", "sombre"],
    ["signature", "Signature", "body", "Camille Aubépin, Atelier Aubépin"],
    ["updated_at", "Updated at", "updated_on", "2025-11-20", "date"],
  ]),
];

// ---------------------------------------------------------------- support

export interface Message {
  author: string;
  role: string;
  at: string;
  text: string;
  internal: boolean;
  attachments: string[];
}

export interface Ticket {
  number: string;
  subject: string;
  status: string;
  messages: Message[];
}

const say = (
  role: "customer" | "agent" | "system",
  at: string,
  text: string,
  more: Partial<Message> = {},
): Message => ({
  author: role === "customer" ? "Camille Aubépin" : role === "agent" ? "Solène (assistance)" : "Sellsy",
  role,
  at,
  text,
  internal: false,
  attachments: [],
  ...more,
});

const subjects = [
  [
    "Relance automatique envoyée deux fois",
    "Mes clients reçoivent la relance en double.",
    "C’est corrigé depuis ce matin, merci de vérifier.",
  ],
  [
    "Import de contacts : accents perdus",
    "Après l’import, « é » devient « Ã© ».",
    "Enregistrez le fichier en UTF-8 avant l’import.",
  ],
  [
    "Change of bank details",
    "Please use the new IBAN from next month.",
    "Done. The next payment goes to the new account.",
  ],
  ["Modèle de devis introuvable", "Mon modèle a disparu de la liste.", "Il était archivé, je l’ai restauré."],
  ["TVA à 10 % sur une ligne", "Comment mettre un taux différent par ligne ?", "Dans l’article, onglet Taxes."],
] as const;

export const tickets: Ticket[] = [
  {
    number: "8812",
    subject: "Double prélèvement",
    status: "Résolue",
    messages: [
      say(
        "customer",
        "2023-10-14T08:51:00",
        "Bonjour, je demande le remboursement de la facture F-2023-1102, prélevée deux fois le 2 octobre. Le relevé est joint.",
        { attachments: ["releve-octobre.pdf"] },
      ),
      say(
        "agent",
        "2023-10-16T14:20:00",
        "Bonjour Camille, merci pour le relevé. Le remboursement sera effectué sous dix jours ouvrés sur la carte se terminant par 4242.",
      ),
      say(
        "customer",
        "2023-11-03T09:02:00",
        "Toujours pas remboursée après trois semaines, merci de me dire ce qu’il en est.",
      ),
      say("agent", "2023-11-03T09:40:00", "Cliente pénible, à passer à la compta.", { internal: true }),
      say("agent", "2023-11-06T11:15:00", "Le virement est parti ce matin. Toutes nos excuses pour l’attente."),
    ],
  },
  {
    number: "9120",
    subject: "Paiement en double de F-2024-0207",
    status: "Ouverte",
    messages: [
      say(
        "customer",
        "2024-02-09T10:05:00",
        "Le même montant a été débité deux fois ; quand aura lieu le remboursement ?",
      ),
      say(
        "agent",
        "2024-02-12T09:30:00",
        "Voir avec la compta, rembourser comme pour le client Vernier (dossier 40233).",
        { internal: true },
      ),
      say("system", "2024-02-12T09:31:00", "La demande a été transmise au service comptable."),
    ],
  },
];
{
  const random = dice(5);
  for (let index = 0; index < 35; index += 1) {
    const [subject, asked, answer] = pick(subjects, index);
    const day = `${String(2019 + (index % 8))}-${two(1 + Math.floor(random() * 9))}-${two(1 + Math.floor(random() * 27))}`;
    const rounds = 1 + Math.floor(random() * 4);
    const messages: Message[] = [];
    for (let round = 0; round < rounds; round += 1) {
      messages.push(
        say(
          "customer",
          `${day}T0${String(8 + (round % 2))}:1${String(round)}:00`,
          round === 0 ? asked : "Merci, mais cela ne change rien chez moi.",
        ),
      );
      messages.push(
        say(
          "agent",
          `${day}T1${String(round)}:45:00`,
          round === rounds - 1 ? answer : "Pouvez-vous m’envoyer une capture d’écran ?",
        ),
      );
    }
    tickets.push({
      number: String(7000 + index * 61),
      subject,
      status: index % 9 === 3 ? "Ouverte" : "Résolue",
      messages,
    });
  }
  tickets.sort((a, b) => ((a.messages[0]?.at ?? "") < (b.messages[0]?.at ?? "") ? 1 : -1));
}

// ---------------------------------------------------------------- consents

export interface Choice {
  purpose: string;
  channel: string;
  basis: string;
  choice: string;
  date: string;
  withdrawn: string;
  expires: string;
  version: string;
  source: string;
}

const choice = (purpose: string, channel: string, made: string, date: string, more: Partial<Choice> = {}): Choice => ({
  purpose,
  channel,
  basis: "consentement (art. 6(1)(a))",
  choice: made,
  date,
  withdrawn: "",
  expires: "",
  version: "CGU 2019-1",
  source: "formulaire d’inscription",
  ...more,
});

export const choices: Choice[] = [
  choice("Lettre d’information", "e-mail", "given", "2019-03-01"),
  choice("Lettre d’information", "e-mail", "withdrawn", "2025-11-20", {
    withdrawn: "2025-11-20",
    source: "lien de désinscription",
  }),
  choice("Offres commerciales", "e-mail", "given", "2019-03-01"),
  choice("Offres commerciales", "téléphone", "refused", "2019-03-01"),
  choice("Offres commerciales", "SMS", "given", "2020-06-14"),
  choice("Offres commerciales", "SMS", "withdrawn", "2021-01-04", {
    withdrawn: "2021-01-04",
    source: "réponse « STOP »",
  }),
  choice("Conditions générales", "site", "given", "2019-03-01", { basis: "contrat", version: "CGU 2019-1" }),
  choice("Conditions générales", "site", "given", "2022-05-11", { basis: "contrat", version: "CGU 2022-2" }),
  choice("Mesure d’audience", "cookies", "given", "2024-03-02", { expires: "2024-09-02", source: "bandeau" }),
  choice("Mesure d’audience", "cookies", "refused", "2026-02-17", { expires: "2026-08-17", source: "bandeau" }),
  choice("Campagnes publicitaires", "cookies", "given", "2023-08-30", { expires: "2024-02-29", source: "bandeau" }),
  choice("Synchronisation Gmail", "application", "given", "2022-09-08", { source: "réglages" }),
  choice("Partage avec des partenaires", "e-mail", "refused", "2019-03-01"),
  choice("Témoignage client", "site", "unknown", "2021-04-22"),
];

// ---------------------------------------------------------------- everything else

const contactNames = [
  "Zoé Lambrecht",
  "Idriss Benali",
  "Maëlle Kervella",
  "Oscar Vandamme",
  "יעל כהן",
  "ليلى حداد",
  "Bronisław Żółć",
  "Anne-Sophie de La Tour-Montmirail et Associés, cabinet d’expertise comptable",
  "Noé Picard",
  "李美玲",
];
const towns = ["Nantes", "Lyon", "Brest", "Lille", "Pau", "La Rochelle"];

const contacts: Table = {
  path: "crm/contacts.xlsx",
  format: "xlsx",
  root: "Contacts",
  kind: "contact",
  what: "contact",
  columns: [
    { key: "nom", label: "Nom", role: "full_name" },
    { key: "email", label: "Email", role: "email" },
    { key: "tel", label: "Tel", role: "phone" },
    { key: "ville", label: "Ville", role: "city" },
    { key: "créé le", label: "Créé le", role: "created_on", reading: "date" },
  ],
  count: 212,
  row: (index) => ({
    nom: index === 2 ? "Camille Aubépin" : pick(contactNames, index * 7 + 3),
    email: index === 2 ? "c.aubepin@courrier.example" : `contact${String(index)}@client.example`,
    tel: `06 39 98 ${two(index % 100)} ${two((index * 7) % 100)}`,
    ville: pick(towns, index),
    "créé le": `${two(1 + (index % 27))}/${two(1 + (index % 12))}/${String(2019 + (index % 7))}`,
  }),
  title: (row) => row["nom"] ?? "",
  day: "créé le",
};

const actions = ["connexion", "connexion", "création de facture", "modification de contact", "export", "déconnexion"];
const browsers = ["Firefox 131 / Linux", "Chrome 129 / Windows 10", "Safari 17 / iPhone"];

/** The log is made row by row when it is looked at: a hundred thousand of them cost nothing until then. */
export const log = (count: number): Table => ({
  path: "journal/connexions.csv",
  format: "csv",
  root: "",
  kind: "activity",
  what: "login",
  columns: [
    { key: "horodatage", label: "Horodatage", role: "date", reading: "date" },
    { key: "identifiant", label: "Identifiant", role: "username" },
    { key: "ip", label: "IP", role: "ip" },
    { key: "navigateur", label: "Navigateur", role: "user_agent" },
    { key: "opération", label: "Opération", role: "action" },
  ],
  count,
  row: (index) => {
    const at = new Date(Date.UTC(2026, 9, 30, 17, 0) - Math.floor((index / count) * 5.5 * 365.25 * 86_400_000));
    return {
      horodatage: at.toISOString().slice(0, 19),
      identifiant: "camille",
      ip: `198.51.100.${String((index * 37) % 250)}`,
      navigateur: pick(browsers, index * 5 + (index >> 3)),
      opération: pick(actions, index * 7 + (index >> 2)),
    };
  },
  title: (row) => `${row["opération"] ?? ""} depuis ${row["ip"] ?? ""}`,
  day: "horodatage",
});

const mailSubjects = [
  "Votre facture est disponible",
  "Nouveau : la signature électronique",
  "Webinaire : bien relancer ses clients",
  "Votre avis compte pour nous",
  "Black Friday : −30 % sur les modules",
];

const mails: Table = {
  path: "messages/envois.json",
  format: "json",
  root: "mails",
  kind: "message",
  what: "mail",
  columns: [
    { key: "sent_at", label: "Sent at", role: "date", reading: "date" },
    { key: "from", label: "From", role: "from" },
    { key: "to", label: "To", role: "to" },
    { key: "subject", label: "Subject", role: "title" },
    { key: "body", label: "Body", role: "body" },
  ],
  count: 96,
  row: (index) => ({
    sent_at:
      index === 0
        ? "2025-12-03T06:30:00"
        : `${String(2019 + Math.floor(index / 13))}-${two(1 + ((index * 5) % 12))}-${two(1 + ((index * 11) % 27))}T06:30:00`,
    from: "info@sellsy.example",
    to: "camille@atelier-aubepin.example",
    subject: pick(mailSubjects, index === 0 ? 4 : index),
    body: "Bonjour Camille, découvrez ce qui change ce mois-ci dans votre espace…",
  }),
  title: (row) => row["subject"] ?? "",
  day: "sent_at",
};

/** An image and what is written in it. */
const image = (
  path: string,
  format: "png" | "heic",
  values: [string, string, string, Column["reading"]?][],
): Table => ({
  path,
  format,
  root: "",
  kind: "document",
  what: "other",
  columns: values.map(([key, role, , reading]) => ({ key, label: key, role, ...(reading && { reading }) })),
  count: 1,
  row: () => Object.fromEntries(values.map(([key, , value]) => [key, value])),
  title: () => path.split("/").at(-1) ?? path,
  day: "DateTime",
});

const images = [
  image("documents/signature.png", "png", [
    ["Width", "other", "2400"],
    ["Height", "other", "1200"],
    ["Software", "other", "Numériseur du comptoir"],
  ]),
  image("documents/stand-du-salon.heic", "heic", [
    ["Width", "other", "4032"],
    ["Height", "other", "3024"],
    ["Make", "other", "Objectif Lumière"],
    ["DateTime", "created_on", "2024-05-18T10:42:07", "date"],
  ]),
  // A name that is too long for any line, in two directions of writing.
  image(
    "documents/numérisation-recto-verso-copie-certifiée-conforme-à-l-original-بطاقة الهوية الوطنية-définitive (2).png",
    "png",
    [
      ["Width", "other", "2400"],
      ["Height", "other", "1200"],
    ],
  ),
];

export const rest = (count: number): Table[] => [contacts, log(count), mails, ...images];
