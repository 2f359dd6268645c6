// The keys that walk the hits, wherever the typing cursor is.
import { app } from "../../state/app.svelte";

/** Rows that Page Up and Page Down pass. */
const PAGE = 6;

/** Does what a key asks for among the hits; says whether it did. */
export function walkHits(event: KeyboardEvent): boolean {
  const { search } = app.state;
  if (!search.open || search.text.trim() === "" || event.ctrlKey || event.altKey || event.metaKey) return false;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  const step = steps[event.key];
  if (step !== undefined) void app.walkHits(step);
  else if (event.key === "Enter") void app.openHit();
  else return false;
  return true;
}
