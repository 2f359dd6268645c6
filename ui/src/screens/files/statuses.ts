// The fates of a file, in the order in which they are told, and the tone of each.

export const order = ["read", "partly", "encrypted", "unread", "refused", "empty"];

export const toneOf = (status: string): "plain" | "good" | "warn" | "bad" | "accent" =>
  ({ read: "good" as const, partly: "warn" as const, encrypted: "warn" as const, refused: "bad" as const })[status] ??
  "plain";
