// The keys that walk the hits, wherever the typing cursor is.
import { app } from "../../state/app.svelte";

/** Rows that Page Up and Page Down pass. */
const PAGE = 6;

/** Does what a key asks for among the hits; says whether it did. */
export function walkHits(event: KeyboardEvent): boolean {
  const { search } = app.state;
  const total = search.found?.total ?? 0;
  if (!search.open || search.text.trim() === "" || event.ctrlKey || event.altKey || event.metaKey) return false;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  const step = steps[event.key];
  if (step !== undefined && total > 0) walkTo(search.at + step);
  else if (event.key === "Enter") void app.openHit();
  else return false;
  return true;
}

/** Goes to a hit; a record that is open gives way to it. */
export function walkTo(index: number): void {
  app.send({ type: "walked", to: index });
  if (app.state.shown) void app.openHit();
}
