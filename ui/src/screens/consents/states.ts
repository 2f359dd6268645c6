// The tone of a consent's state: in force is not good news in itself, but it is the one that still lets things happen.

export const toneOf = (state: string): "plain" | "good" | "warn" | "bad" | "accent" =>
  ({ in_force: "good" as const, refused: "plain" as const, withdrawn: "warn" as const, expired: "plain" as const })[
    state
  ] ?? "plain";
