// The keys that walk the hits, wherever the typing cursor is.
import { app } from "../../state/app.svelte";

/** Rows that Page Up and Page Down pass. */
const PAGE = 6;

/** Does what a key asks for among the hits; says whether it did. */
export function walkHits(event: KeyboardEvent): boolean {
  const { search, shown } = app.state;
  const total = search.found?.total ?? 0;
  if (!search.open || total === 0 || event.ctrlKey || event.altKey || event.metaKey) return false;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  const step = steps[event.key];
  if (step !== undefined) {
    app.send({ type: "walked", to: search.at + step });
    const hit = app.hits.row(app.state.search.at);
    if (shown && hit) app.show({ id: hit.id, at: null });
    return true;
  }
  if (event.key === "Enter") {
    const hit = app.hits.row(search.at);
    if (hit) app.show({ id: hit.id, at: null });
    return true;
  }
  return false;
}
