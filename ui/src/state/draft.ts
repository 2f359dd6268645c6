// A request being drafted, as a value. The letter itself is made in Rust from this and the export.
import type { Draft, Item, Place, Right } from "../host/contract";

export const samePlace = (a: Place, b: Place): boolean => a.entry === b.entry && a.at === b.at;

export const holds = (draft: Draft | null, place: Place): boolean =>
  draft?.items.some((item) => samePlace(item.locator, place)) ?? false;

export function withItem(draft: Draft, place: Place): Draft {
  return holds(draft, place) ? draft : { ...draft, items: [...draft.items, { locator: place }] };
}

export function withoutItem(draft: Draft, place: Place): Draft {
  return { ...draft, items: draft.items.filter((item) => !samePlace(item.locator, place)) };
}

/** One item changed; an emptied value is taken out, since the request file knows no empty ones. */
export function withChange(draft: Draft, index: number, values: { [K in keyof Item]?: Item[K] | "" }): Draft {
  const items = draft.items.map((item, i) => {
    if (i !== index) return item;
    const kept = Object.entries({ ...item, ...values }).filter(([, value]) => value !== "" && value !== undefined);
    return Object.fromEntries(kept) as Item;
  });
  return { ...draft, items };
}

/** The ground of one item for all of them. */
export function withGroundOf(draft: Draft, index: number): Draft {
  const ground = draft.items[index]?.ground;
  return ground ? { ...draft, items: draft.items.map((item) => ({ ...item, ground })) } : draft;
}

export function withRight(draft: Draft, right: Right): Draft {
  return { ...draft, right };
}

/** To a known company by its profile, or to one whose name and addresses are typed. */
export function withProfile(draft: Draft, profile: string | null): Draft {
  const empty = { name: "", address: "", email: "" };
  return { ...draft, recipient: profile === null ? empty : { profile, ...empty } };
}

/** What a first item most likely asks for: a detail wants correcting, a whole record wants erasing. */
export const likelyRight = (wholeRecord: boolean): Right => (wholeRecord ? "erasure" : "rectification");
