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

/** The bars, without gaps. Months so far apart that they must be wrong are left to the table. */
export const MONTHS_MAX = 12 * 40;

const next = (month: string): string => {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${String(year).padStart(4, "0")}-${String(number + 1).padStart(2, "0")}`;
};

const isGroup = (kind: string): kind is Group => (groups as readonly string[]).includes(kind);

export function bars(months: Month[]): Bar[] {
  const known = months
    .filter(({ month }) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const newest = known.at(-1)?.month;
  if (newest === undefined) return [];
  const oldest = `${String(Number(newest.slice(0, 4)) - MONTHS_MAX / 12).padStart(4, "0")}${newest.slice(4)}`;
  const shown = known.filter(({ month }) => month > oldest);
  const byMonth = new Map(shown.map((month) => [month.month, month.kinds]));
  const made: Bar[] = [];
  for (let month = shown[0]?.month ?? newest; month <= newest; month = next(month)) {
    const counts: Record<Group, number> = { consent: 0, ticket: 0, billing: 0, account: 0, other: 0 };
    for (const [kind, value] of Object.entries(byMonth.get(month) ?? {}))
      counts[isGroup(kind) ? kind : "other"] += value;
    made.push({ month, counts, total: Object.values(counts).reduce((sum, value) => sum + value, 0) });
  }
  return made;
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
