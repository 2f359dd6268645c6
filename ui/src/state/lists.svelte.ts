// Lists that are short enough to be held whole, fetched page after page. The first page is shown at once, unless the same
// list is there already and only grew: then it is replaced as a whole, so that nobody's place in it is lost.
import type { Page, Trouble } from "../host/contract";
import { troubleOf } from "../host/host";
import { Turns } from "./turns";

const PAGE = 500;

export class WholeList<T> {
  rows = $state.raw<T[]>([]);
  ready = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  /** Which list is there, and which was asked for. */
  of = $state<string | null>(null);
  wanted = $state<string | null>(null);
  #turns = new Turns();

  /** `of` tells one list from another. */
  async from(of: string, fetch: (offset: number, limit: number) => Promise<Page<T>>): Promise<void> {
    const turn = this.#turns.begin(of);
    this.wanted = of;
    try {
      let rows: T[] = [];
      for (let more = true; more;) {
        const page = await fetch(rows.length, PAGE);
        if (!this.#turns.still(turn, of)) return;
        rows = [...rows, ...page.rows];
        more = page.rows.length > 0 && rows.length < page.total;
        if (more && this.of === of && rows.length < this.rows.length) continue;
        this.#turns.take(turn, of);
        this.of = of;
        this.rows = rows;
        this.trouble = null;
        this.ready = true;
      }
    } catch (reason) {
      if (!this.#turns.take(turn, of)) return;
      if (this.of !== of) this.rows = [];
      this.of = of;
      this.trouble = troubleOf(reason);
      this.ready = true;
    }
  }
}
