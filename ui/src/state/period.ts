// A period that lists and the search are kept to.

/** A stretch of whole months, `2023-04` to `2023-09`. */
export interface Period {
  from: string;
  to: string;
}

/** The first and last day of a period of whole months. */
export function daysOf(period: Period): { from: string; to: string } {
  const [year, month] = period.to.split("-").map(Number);
  const last = new Date(Date.UTC(year ?? 1970, month ?? 1, 0)).getUTCDate();
  return { from: `${period.from}-01`, to: `${period.to}-${String(last).padStart(2, "0")}` };
}

/** Whether an ISO day, or as much of it as is known, falls into the period; what has no day does not. */
export function within(period: Period | null, day: string | null): boolean {
  if (!period) return true;
  if (!day) return false;
  const month = day.slice(0, 7);
  return month.length === 4
    ? period.from.slice(0, 4) <= month && month <= period.to.slice(0, 4)
    : period.from <= month && month <= period.to;
}
