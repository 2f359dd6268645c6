// The chart of months: every month between the first and the last, and the groups that its bars are stacked from.
import type { Month } from "../host/contract";
import type { Period } from "./period";

export const groups = ["account", "billing", "ticket", "consent", "other"] as const;

export type Group = (typeof groups)[number];

export interface Bar {
  /** `2024-02`. */
  month: string;
  counts: Record<Group, number>;
  total: number;
}

/** Years on either side of the middle record that the chart reaches; what lies beyond (1900, 9999) is left to the table. */
const YEARS_EITHER_SIDE = 20;
export const MONTHS_MAX = 2 * 12 * YEARS_EITHER_SIDE + 1;

/** Months since the year nought, and back. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;

const isGroup = (kind: string): kind is Group => (groups as readonly string[]).includes(kind);
const sum = (kinds: Record<string, number>): number => Object.values(kinds).reduce((all, value) => all + value, 0);

/** The month in which the middle one of all records lies. */
function middle(months: Month[]): number {
  let rest = months.reduce((all, month) => all + sum(month.kinds), 0) / 2;
  for (const { month, kinds } of months) {
    rest -= sum(kinds);
    if (rest <= 0) return numberOf(month);
  }
  return 0;
}

/** The bars, without gaps. */
export function bars(months: Month[]): Bar[] {
  const known = months
    .filter(({ month }) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const centre = middle(known);
  const shown = new Map(
    known
      .map(({ month, kinds }) => [numberOf(month), kinds] as const)
      .filter(([number]) => Math.abs(number - centre) <= 12 * YEARS_EITHER_SIDE),
  );
  if (shown.size === 0) return [];
  const numbers = [...shown.keys()];
  const first = Math.min(...numbers);
  return Array.from({ length: Math.max(...numbers) - first + 1 }, (_, i) => {
    const counts: Record<Group, number> = { account: 0, billing: 0, ticket: 0, consent: 0, other: 0 };
    const kinds = shown.get(first + i) ?? {};
    for (const [kind, value] of Object.entries(kinds)) counts[isGroup(kind) ? kind : "other"] += value;
    return { month: monthOf(first + i), counts, total: sum(kinds) };
  });
}

/** The period between two bars in either order. */
export function between(all: Bar[], a: number, b: number): Period | null {
  const from = all[Math.max(0, Math.min(a, b))]?.month;
  const to = all[Math.min(all.length - 1, Math.max(a, b))]?.month;
  return from !== undefined && to !== undefined ? { from, to } : null;
}

/** The four kinds with a screen of their own; they stand above the line of the chart, everything else hangs below it. */
export const typed = ["account", "billing", "ticket", "consent"] as const satisfies Group[];

export const typedTotal = (bar: Bar): number => typed.reduce((sum, group) => sum + bar.counts[group], 0);

export interface Greatest {
  typed: number;
  other: number;
}

/**
 * The greatest month above and below the line. Each side has its own scale: a log of thousands a month would flatten
 * the few invoices and consents of the same month to nothing.
 */
export const greatest = (all: Bar[]): Greatest => ({
  typed: all.reduce((most, bar) => Math.max(most, typedTotal(bar)), 0),
  other: all.reduce((most, bar) => Math.max(most, bar.counts.other), 0),
});
