// What the window knows, as a value, and how it changes: each change is a function of the state and what happened.
import type { CaseState, Event, Head, Progress, Start, Trouble } from "../host/contract";
import type { Picture } from "../host/picture";
import { languageOf } from "../words/words";
import type { Language } from "../words/formats";
import type { Period } from "./period";
import { nothingSearched, type Search, type SearchHappening, searchChanged, searchLeft } from "./search";

export const places = ["overview", "accounts", "billing", "support", "consents", "rest", "files", "requests"] as const;

export type PlaceName = (typeof places)[number];

export type Theme = "light" | "dark";

/** What the window is about right now. */
export type Phase =
  | { name: "starting" }
  | { name: "closed"; trouble: Trouble | null }
  | { name: "opening"; export: string; progress: Progress | null; looking: boolean; tried: boolean }
  | { name: "password"; tried: boolean }
  | { name: "open" };

/** A record in the pane on the right, and the field of it that the source should mark. */
export interface Shown {
  id: string;
  at: string | null;
}

/** Something said to the person in passing. */
export interface Said {
  text: string;
  /** A place that it is worth going to from here, or `keep` where it would be forgotten. */
  goTo: PlaceName | "keep" | null;
  /** Grows, so that the same words said again are heard again. */
  number: number;
}

/** What the records of a file were recognised as, and how surely, before the person said another kind. */
export interface Recognised {
  kinds: Record<string, number>;
  certainty: string | null;
}

/** What is gone on to where something would be lost: no export, the one that was dropped, or nothing at all. */
export type Leaving = "close" | "dropped" | "program";

export type DialogName =
  | { name: "keys" }
  | { name: "leave"; to: Leaving }
  | { name: "keep_case" }
  | { name: "open_case"; file: string }
  | { name: "picture"; picture: Picture; file: string };

export interface State {
  start: Start | null;
  language: Language;
  theme: Theme;
  /** Whether keys without Ctrl do something. */
  singleKeys: boolean;
  dragging: boolean;
  phase: Phase;
  head: Head | null;
  /** Grows whenever what was read may have changed, so that screens ask anew. */
  epoch: number;
  place: PlaceName;
  period: Period | null;
  /** Kinds that the list of everything else is kept to; all where empty. */
  kinds: string[];
  /** An entry that the list of everything else is kept to. */
  entry: { id: number; path: string } | null;
  shown: Shown | null;
  /** What files were recognised as whose kind was put right, by the number of the file. */
  recognised: Readonly<Record<number, Recognised>>;
  /** Grows whenever the kind of a file was put right. */
  corrections: number;
  search: Search;
  dialog: DialogName | null;
  /** The case that is open and how the export stands to it; none before it was asked for. */
  case: CaseState | null;
  said: Said | null;
}

export type Happening =
  | { type: "started"; start: Start; theme: Theme }
  | { type: "told"; event: Event }
  | { type: "looked"; head: Head; again: boolean }
  | { type: "corrected"; head: Head | null; entry: number; was: Recognised | null }
  | { type: "again" }
  | { type: "looking"; on: boolean }
  | { type: "unlocking" }
  | { type: "without_password" }
  | { type: "password_wanted" }
  | { type: "closed" }
  | { type: "went"; place: PlaceName }
  | { type: "listed"; kinds: string[]; entry: State["entry"] }
  | { type: "period"; period: Period | null }
  | { type: "shown"; shown: Shown | null }
  | { type: "language"; language: Language }
  | { type: "theme"; theme: Theme }
  | { type: "single_keys"; on: boolean }
  | { type: "dialog"; dialog: State["dialog"] }
  | { type: "case"; case: CaseState }
  | { type: "case_opened"; case: CaseState; head: Head | null }
  | { type: "said"; text: string; goTo: Said["goTo"] }
  | { type: "hushed" }
  | { type: "trouble"; trouble: Trouble }
  | SearchHappening;

export const initial: State = {
  start: null,
  language: "en",
  theme: "light",
  singleKeys: true,
  dragging: false,
  phase: { name: "starting" },
  head: null,
  epoch: 0,
  place: "overview",
  period: null,
  kinds: [],
  entry: null,
  shown: null,
  recognised: {},
  corrections: 0,
  search: nothingSearched,
  dialog: null,
  case: null,
  said: null,
};

export function change(state: State, happening: Happening): State {
  switch (happening.type) {
    case "started":
      return {
        ...state,
        start: happening.start,
        language: languageOf(happening.start.language),
        theme: happening.theme,
        phase: state.phase.name === "starting" ? { name: "closed", trouble: null } : state.phase,
      };
    case "told":
      return told(state, happening.event);
    case "looked":
      // What was seen while reading may arrive behind the end of reading; then it is out of date.
      return state.phase.name === "opening"
        ? { ...state, head: happening.head, epoch: happening.again ? state.epoch + 1 : state.epoch }
        : state;
    case "corrected": {
      const { head, entry, was } = happening;
      const recognised = was ? { ...state.recognised, [entry]: was } : state.recognised;
      return {
        ...state,
        head: head ?? state.head,
        recognised,
        corrections: state.corrections + 1,
        epoch: state.epoch + 1,
      };
    }
    case "again":
      return { ...state, epoch: state.epoch + 1 };
    case "looking":
      return state.phase.name === "opening" ? { ...state, phase: { ...state.phase, looking: happening.on } } : state;
    case "unlocking":
      return state.phase.name === "password" ? { ...state, phase: { name: "password", tried: true } } : state;
    case "without_password":
      return { ...state, phase: { name: "open" } };
    case "password_wanted":
      return { ...state, phase: { name: "password", tried: false } };
    case "closed":
      return { ...nothingOpen(state), phase: { name: "closed", trouble: null } };
    case "went":
      return { ...state, place: happening.place, shown: null, search: searchLeft(state.search), said: null };
    case "listed":
      return {
        ...state,
        place: "rest",
        kinds: happening.kinds,
        entry: happening.entry,
        shown: null,
        search: searchLeft(state.search),
      };
    case "period":
      return { ...state, period: happening.period };
    case "shown":
      return sameShown(state.shown, happening.shown) ? state : { ...state, shown: happening.shown };
    case "language":
      return { ...state, language: happening.language };
    case "theme":
      return { ...state, theme: happening.theme };
    case "single_keys":
      return { ...state, singleKeys: happening.on };
    case "dialog":
      return { ...state, dialog: happening.dialog };
    case "case":
      return { ...state, case: happening.case };
    case "case_opened":
      // Kinds may be others now: everything is asked anew.
      return {
        ...state,
        case: happening.case,
        head: happening.head ?? state.head,
        dialog: null,
        corrections: state.corrections + 1,
        epoch: state.epoch + 1,
      };
    case "said":
      return {
        ...state,
        said: { text: happening.text, goTo: happening.goTo, number: (state.said?.number ?? 0) + 1 },
      };
    case "hushed":
      return { ...state, said: null };
    case "trouble":
      return { ...nothingOpen(state), phase: { name: "closed", trouble: happening.trouble } };
    default: {
      const search = searchChanged(state.search, happening);
      return search === state.search ? state : { ...state, search };
    }
  }
}

function told(state: State, event: Event): State {
  switch (event.type) {
    case "dragging":
      return { ...state, dragging: event.over };
    case "dropped":
    case "closing":
      return state;
    case "opening":
      return {
        ...nothingOpen(state),
        phase: {
          name: "opening",
          export: event.name,
          progress: null,
          looking: false,
          // If a password is asked for again after that, it was wrong.
          tried: isUnlocked(state, event.name),
        },
      };
    case "progress":
      // Progress may still arrive behind the end of reading, or behind a refusal; then it says nothing new.
      return state.phase.name === "opening" ? { ...state, phase: { ...state.phase, progress: event.progress } } : state;
    case "done": {
      const wanted = event.head.outcome === "needs_password";
      const stopped = event.head.state === "stopped";
      const { phase } = state;
      const tried = (phase.name === "password" || phase.name === "opening") && phase.tried;
      return {
        ...state,
        dragging: false,
        head: event.head,
        epoch: state.epoch + 1,
        phase: wanted && !stopped ? { name: "password", tried } : { name: "open" },
      };
    }
    case "refused":
      return { ...nothingOpen(state), phase: { name: "closed", trouble: withName(state, event.trouble) } };
  }
}

const sameShown = (a: Shown | null, b: Shown | null): boolean => a?.id === b?.id && a?.at === b?.at;

/** Whether what opens now is the export of before, with a password: passwords are tried by opening it anew. */
export const isUnlocked = ({ phase, head }: State, name: string): boolean =>
  phase.name === "password" && phase.tried && head?.name === name;

/** A refusal names no file of its own: it is about what was being opened. */
function withName({ phase }: State, trouble: Trouble): Trouble {
  if (phase.name !== "opening" || phase.export === "" || trouble.args["name"] || trouble.args["entry"]) return trouble;
  return { ...trouble, args: { ...trouble.args, name: phase.export } };
}

/** Nothing of one export may still be seen when the next one opens. */
function nothingOpen(state: State): State {
  return {
    ...initial,
    start: state.start,
    language: state.language,
    theme: state.theme,
    singleKeys: state.singleKeys,
    epoch: state.epoch + 1,
    search: searchLeft(state.search),
    // A case stays open while exports come and go; what would be forgotten is gone with its export.
    case: state.case && { ...state.case, export: "none", kinds: 0, left_out: 0, unkept: 0 },
    said: null,
  };
}

/** The number of the file that a record stands in: what comes first in its id. */
export function entryOf(record: string): number | null {
  const found = /^(\d+)-\d+$/.exec(record);
  return found ? Number(found[1]) : null;
}

/** Whether there is anything to look at. */
export const canLook = ({ phase }: State): boolean =>
  phase.name === "open" || (phase.name === "opening" && phase.looking);
