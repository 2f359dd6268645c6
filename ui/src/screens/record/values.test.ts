// Which label a field gets.
import { expect, it } from "vitest";
import type { FieldRow } from "../../host/contract";
import { words } from "../../words/words";
import { labelsOf } from "./values";

const field = (role: string, label: string): FieldRow =>
  ({ role, label, name: label, value: "", raw: "", reading: "text", locator: { entry: "a.csv", at: "" } }) as FieldRow;

it("names a field by its role, and tells fields of one role apart by the export's own names", () => {
  const check = (fields: FieldRow[], labels: string[]): void => {
    expect(labelsOf(words.fr, fields)).toEqual(labels);
  };
  check([field("currency", "Currency"), field("other", "Picture")], ["Monnaie", "Picture"]);
  check([field("action", "Evenement"), field("action", "Resultat")], ["Evenement", "Resultat"]);
  check([field("label", "Label"), field("label", "Lines 1 · Label")], ["Objet", "Lines 1 · Objet"]);
  check([field("other", "Lines 1 · Size"), field("other", "Size")], ["Lines 1 · Size", "Size"]);
  // One name at several places, as in a list, is one label still.
  check([field("email", "Email"), field("email", "Email")], ["Adresse e-mail", "Adresse e-mail"]);
});
