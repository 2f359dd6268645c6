// How a field is shown: its label by what it is for, its value as people write it, and whether the file wrote it otherwise.
import type { FieldRow } from "../../host/contract";
import { day, dayAndTime, money, type Language } from "../../words/formats";
import type { Words } from "../../words/words";

export const labelOf = (w: Words, field: { role: string; label: string; name?: string }): string =>
  w.roles[field.role] ?? (field.label || field.name || "");

/** An amount takes the currency of its record, which is all that is known of it here. */
export function shownValue(w: Words, language: Language, field: FieldRow, currency: string | null = null): string {
  switch (field.reading) {
    case "date":
      return dayAndTime(language, field.value, "long");
    case "money":
      return money(language, { amount: field.value, currency });
    case "flag":
      return field.value === "true" ? w.record.yes : field.value === "false" ? w.record.no : field.value;
    default:
      return field.value;
  }
}

/** Whether the reading shows something else than the file does, so that the file's own text belongs beside it. */
export function writtenOtherwise(language: Language, field: FieldRow): boolean {
  if (field.raw === "" || field.raw === field.value) return field.reading === "flag" && field.raw !== "";
  if (field.reading === "text") return field.raw.trim() !== field.value;
  const bare = (text: string): string => text.replace(/[\s\u00a0\u202f]/g, "");
  if (field.reading === "date") return field.raw !== day(language, field.value, "long");
  return bare(field.raw) !== bare(money(language, { amount: field.value, currency: null }));
}
