// A search as a value: what was typed, what it was kept to, the newest answer, and the hit that the arrow keys are on.
import type { Found, SearchQuery, Trouble } from "../host/contract";
import { daysOf, type Period } from "./period";

export interface Search {
  /** Whether the results stand in the middle of the window. */
  open: boolean;
  text: string;
  kinds: string[];
  year: number | null;
  entry: string | null;
  found: Found | null;
  /** Why the newest question was not answered. */
  trouble: Trouble | null;
  /** The number of the newest question, be it only typed so far, and of the newest answer that was taken. */
  asked: number;
  answered: number;
  /** The hit that is walked on, from 0. */
  at: number;
}

export type SearchHappening =
  | { type: "search_opened" }
  | { type: "search_left" }
  | { type: "typed"; text: string }
  | { type: "kept_to"; kinds?: string[]; year?: number | null; entry?: string | null }
  | { type: "asked"; number: number }
  | { type: "answered"; number: number; found: Found }
  | { type: "unanswered"; number: number; trouble: Trouble }
  | { type: "walked"; to: number };

export const nothingSearched: Search = {
  open: false,
  text: "",
  kinds: [],
  year: null,
  entry: null,
  found: null,
  trouble: null,
  asked: 0,
  answered: 0,
  at: 0,
};

/** Nothing searched any more. Questions go on being counted, so that answers on their way are known as old ones. */
export const searchLeft = ({ asked }: Search): Search => ({ ...nothingSearched, asked, answered: asked });

export function searchChanged(search: Search, happening: SearchHappening): Search {
  switch (happening.type) {
    case "search_opened":
      return { ...search, open: true };
    case "search_left":
      return searchLeft(search);
    case "typed": {
      // An emptied field starts over; filters belong to the words that they narrowed.
      const empty = happening.text.trim() === "";
      return {
        ...search,
        asked: search.asked + 1,
        ...(empty && { kinds: [], year: null, entry: null, found: null, trouble: null, answered: search.asked + 1 }),
        open: true,
        text: happening.text,
        at: 0,
      };
    }
    case "kept_to": {
      const { kinds = search.kinds, year = search.year, entry = search.entry } = happening;
      return { ...search, kinds, year, entry, at: 0 };
    }
    case "asked":
      return { ...search, asked: happening.number };
    case "answered":
      // Answers may overtake one another: an older one never replaces a newer one.
      return happening.number > search.answered && search.open
        ? {
            ...search,
            found: happening.found,
            trouble: null,
            answered: happening.number,
            at: atIn(search, happening.found),
          }
        : search;
    case "unanswered":
      return happening.number > search.answered && search.open
        ? { ...search, trouble: happening.trouble, answered: happening.number }
        : search;
    case "walked": {
      const total = search.found?.total ?? 0;
      return { ...search, at: Math.max(0, Math.min(total - 1, happening.to)) };
    }
  }
}

/** Words asked for again, since more is read by now, keep the place among the hits. */
const atIn = (search: Search, found: Found): number =>
  found.query === search.found?.query ? Math.max(0, Math.min(found.total - 1, search.at)) : 0;

/** The question to ask for one page of hits; a period chosen on the overview narrows it as an operator would. */
export function question(
  search: Search,
  period: Period | null,
  typing: boolean,
  offset: number,
  limit: number,
): SearchQuery {
  const days = period ? daysOf(period) : null;
  const words = search.text.trim();
  // Without brackets the period would narrow only what stands behind the last OR.
  const kept = / OR /.test(words) ? `(${words})` : words;
  const query = days ? `${kept} date:${days.from}..${days.to}` : search.text;
  return { query, typing: typing && !days, kinds: search.kinds, year: search.year, entry: search.entry, offset, limit };
}

export const isFiltered = (search: Search): boolean =>
  search.kinds.length > 0 || search.year !== null || search.entry !== null;

/** Puts an operator behind what is typed already. */
export const withOperator = (text: string, operator: string): string =>
  text.trim() === "" ? operator : `${text.trimEnd()} ${operator}`;
