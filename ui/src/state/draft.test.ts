// A request: items in, out and changed.
import { expect, it } from "vitest";
import type { Draft } from "../host/contract";
import { holds, likelyRight, withChange, withGroundOf, withItem, withoutItem, withProfile, withRight } from "./draft";

const a = { entry: "a.json", at: "/x" };
const b = { entry: "a.json", at: "/y" };
const draft: Draft = {
  right: "rectification",
  language: "fr",
  recipient: { profile: "sellsy", name: "", address: "", email: "" },
  requester: { name: "", address: "", email: "", customer_number: "" },
  items: [{ locator: a }],
  place: "",
  day: "",
  received: "",
  reference: "",
  own_words: "",
  id_copy: false,
  justification: "",
};

it("a place is in it once", () => {
  const two = withItem(withItem(draft, a), b);
  expect(two.items.map((item) => item.locator)).toEqual([a, b]);
  expect([holds(two, b), holds(withoutItem(two, b), b), holds(null, a)]).toEqual([true, false, false]);
});

it("an emptied value is taken out, as the request file knows no empty ones", () => {
  const filled = withChange(draft, 0, { right_value: "8 quai Valin", proof: "a bill" });
  expect(filled.items[0]).toEqual({ locator: a, right_value: "8 quai Valin", proof: "a bill" });
  expect(withChange(filled, 0, { proof: "" }).items[0]).toEqual({ locator: a, right_value: "8 quai Valin" });
  expect(draft.items[0]).toEqual({ locator: a });
});

it("a ground can be used for all", () => {
  const two = withChange(withItem(draft, b), 0, { ground: "objection" });
  expect(withGroundOf(two, 0).items.map((item) => item.ground)).toEqual(["objection", "objection"]);
  expect(withGroundOf(two, 1)).toBe(two);
});

it("changing the right keeps the items", () => {
  expect(withRight(withItem(draft, b), "erasure").items).toHaveLength(2);
});

it("another company has no profile at all", () => {
  expect(withProfile(draft, null).recipient).toEqual({ name: "", address: "", email: "" });
  expect(withProfile(draft, "sellsy").recipient.profile).toBe("sellsy");
});

it("a detail wants correcting, a whole record wants erasing", () => {
  expect([likelyRight(false), likelyRight(true)]).toEqual(["rectification", "erasure"]);
});
