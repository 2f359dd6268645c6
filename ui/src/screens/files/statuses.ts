// The fates of a file, in the order in which they are told, and the tone of each.

import type { EntryLine } from "../../host/contract";

export const order = ["read", "partly", "encrypted", "unread", "refused", "empty"];

/** A file that is unread for no reason: its turn has not come yet, or never came since reading was stopped. */
export const fateOf = (entry: EntryLine, reading: string): string =>
  entry.status === "unread" && entry.notes.length === 0 && entry.records === 0 && reading !== "done"
    ? reading === "stopped"
      ? "not_reached"
      : "waiting"
    : entry.status;

export const toneOf = (status: string): "plain" | "good" | "warn" | "bad" | "accent" =>
  ({ read: "good" as const, partly: "warn" as const, encrypted: "warn" as const, refused: "bad" as const })[status] ??
  "plain";
