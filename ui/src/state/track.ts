// The history of one consent as stretches of time on a common scale from 0 to 1.
import type { ConsentHistory, ConsentLine } from "../host/contract";

export interface Scale {
  from: number;
  to: number;
}

export interface Stretch {
  from: number;
  to: number;
  /** What held during it: `given`, `refused`, `withdrawn`, `expired` or `unknown`. */
  choice: string;
}

export interface Point {
  at: number;
  choice: string;
  line: ConsentLine;
}

const YEAR = 365.25 * 86_400_000;

const timeOf = (day: string | null): number | null => {
  const time = day === null ? NaN : Date.parse(day.length === 4 ? `${day}-01-01` : day.slice(0, 10));
  return Number.isNaN(time) ? null : time;
};

/** From the first choice to the day of the export, or to the last thing known where that is later. */
export function scaleOf(histories: ConsentHistory[], exported: string | null): Scale | null {
  const times = histories
    .flatMap((history) => history.choices)
    .flatMap((line) => [timeOf(line.date), timeOf(line.withdrawn)])
    .filter((time): time is number => time !== null);
  if (times.length === 0) return null;
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = Math.max(
    times.reduce((a, b) => Math.max(a, b)),
    timeOf(exported) ?? 0,
  );
  const room = Math.max((to - from) * 0.02, YEAR / 12);
  return { from: from - room, to: to + room };
}

const placed = (scale: Scale, time: number): number =>
  Math.max(0, Math.min(1, (time - scale.from) / (scale.to - scale.from)));

export function points(history: ConsentHistory, scale: Scale): Point[] {
  return history.choices.flatMap((line) => {
    const time = timeOf(line.date);
    return time === null ? [] : [{ at: placed(scale, time), choice: line.choice, line }];
  });
}

/** What held from each choice to the next, cut short where it was withdrawn or ran out. */
export function stretches(history: ConsentHistory, scale: Scale): Stretch[] {
  const dated = history.choices
    .map((line) => ({ line, time: timeOf(line.date) }))
    .filter((entry): entry is { line: ConsentLine; time: number } => entry.time !== null);
  return dated.flatMap(({ line, time }, i) => {
    const next = dated[i + 1]?.time ?? scale.to;
    const withdrawn = line.choice === "given" ? timeOf(line.withdrawn) : null;
    const expires = line.choice === "given" ? timeOf(line.expires) : null;
    const ends = [
      { time: withdrawn, then: "withdrawn" },
      { time: expires, then: "expired" },
    ]
      .filter((end): end is { time: number; then: string } => end.time !== null && end.time < next)
      .sort((a, b) => a.time - b.time)[0];
    const first = { from: placed(scale, time), to: placed(scale, ends?.time ?? next), choice: line.choice };
    return ends ? [first, { from: first.to, to: placed(scale, next), choice: ends.then }] : [first];
  });
}

/** The years that the scale is marked with, not more than fit. */
export function yearsOf(scale: Scale, most: number): { year: number; at: number }[] {
  const first = new Date(scale.from).getUTCFullYear() + 1;
  const last = new Date(scale.to).getUTCFullYear();
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const years: { year: number; at: number }[] = [];
  for (let year = first; year <= last; year += step) years.push({ year, at: placed(scale, Date.UTC(year, 0, 1)) });
  return years;
}
