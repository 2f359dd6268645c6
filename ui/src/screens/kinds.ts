// The colour class of a kind: the four typed ones have their own, all others share one.

const own = new Set(["account", "billing", "ticket", "consent"]);

export const dotOf = (kind: string): string => (own.has(kind) ? kind : "other");

/** Kinds with no screen of their own, in the order in which they are offered. */
export const restKinds = ["activity", "message", "contact", "event", "place", "document", "other"];

/** Every kind, in the order in which it is shown. */
export const allKinds = ["account", "billing", "ticket", "consent", ...restKinds];
