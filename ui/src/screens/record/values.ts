// How a field is shown: its label by what it is for, its value as people write it, and whether the file wrote it otherwise.
import type { FieldRow } from "../../host/contract";
import { day, dayAndTime, money, type Language } from "../../words/formats";
import type { Words } from "../../words/words";

export const labelOf = (w: Words, field: { role: string; label: string; name?: string }): string =>
  w.roles[field.role] ?? (field.label || field.name || "");

/**
 * Labels for the fields of one record. Where several have one role, the part of the record that they stand in tells them
 * apart (`Lines 1 · Label`), and within one part the export's own names.
 */
export function labelsOf(w: Words, fields: FieldRow[]): string[] {
  const places = fields.map((field) => {
    const role = labelOf(w, field);
    const end = field.label.lastIndexOf(" · ");
    const part = end < 0 ? "" : field.label.slice(0, end + 3);
    return { own: field.label, role, part, key: `${part}\n${role}` };
  });
  const parts = new Map<string, Set<string>>();
  const names = new Map<string, Set<string>>();
  for (const { own, role, part, key } of places) {
    parts.set(role, (parts.get(role) ?? new Set()).add(part));
    names.set(key, (names.get(key) ?? new Set()).add(own));
  }
  return places.map(({ own, role, part, key }) => {
    if ((names.get(key)?.size ?? 1) > 1) return own || role;
    return (parts.get(role)?.size ?? 1) > 1 && own !== role ? part + role : role;
  });
}

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
