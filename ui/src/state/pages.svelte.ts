// A long list of which only the pages in sight are fetched. Rows that are not there yet are drawn as placeholders.
import type { Page, Trouble } from "../host/contract";
import { troubleOf } from "../host/host";

type Fetch<T> = (offset: number, limit: number) => Promise<Page<T>>;

/** Pages kept in memory; the ones seen longest ago go first. */
const PAGES_MAX = 80;

export class Pages<T> {
  total = $state(0);
  /** Whether the first page is there, so that an empty list can be told from one that is still coming. */
  ready = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #version = $state(0);
  #pages = new Map<number, T[]>();
  #coming = new Set<number>();
  #turn = 0;
  #fetch: Fetch<T> | null = null;

  constructor(readonly size: number) {}

  /**
   * Starts over with another list. Rows of the old one stay in sight until the first page of the new one comes. Says
   * whether it came: where another list was asked for in the meantime, it did not.
   */
  async from(fetch: Fetch<T>): Promise<boolean> {
    const turn = ++this.#turn;
    this.#fetch = fetch;
    try {
      const page = await fetch(0, this.size);
      if (turn !== this.#turn) return false;
      this.#pages = new Map([[0, page.rows]]);
      this.#coming.clear();
      this.total = page.total;
      this.trouble = null;
    } catch (reason) {
      if (turn !== this.#turn) return false;
      this.#pages = new Map();
      this.total = 0;
      this.trouble = troubleOf(reason);
    }
    this.ready = true;
    this.#version += 1;
    return true;
  }

  /** Takes a first page that came with something else, such as the answer to a search. */
  take(page: Page<T>, fetch: Fetch<T>): void {
    this.#turn += 1;
    this.#fetch = fetch;
    this.#pages = new Map([[0, page.rows]]);
    this.#coming.clear();
    this.total = page.total;
    this.trouble = null;
    this.ready = true;
    this.#version += 1;
  }

  row(index: number): T | undefined {
    void this.#version;
    return this.#pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  /** Asks for what is missing between two positions; the last call decides what is fetched first. */
  want(from: number, to: number): void {
    // Whoever asks in an effect asks again when the list was begun anew, of which only the first page is there.
    void this.#version;
    const last = Math.min(to, this.total - 1);
    for (let page = Math.floor(from / this.size); page <= Math.floor(last / this.size); page += 1) {
      const kept = this.#pages.get(page);
      if (kept) {
        this.#pages.delete(page);
        this.#pages.set(page, kept);
      } else if (!this.#coming.has(page)) {
        void this.#bring(page);
      }
    }
  }

  async #bring(page: number): Promise<void> {
    if (!this.#fetch || page < 0) return;
    const turn = this.#turn;
    this.#coming.add(page);
    try {
      const { rows } = await this.#fetch(page * this.size, this.size);
      if (turn !== this.#turn) return;
      this.#pages.set(page, rows);
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= PAGES_MAX) break;
        this.#pages.delete(oldest);
      }
      this.#version += 1;
    } catch (reason) {
      if (turn === this.#turn) this.trouble = troubleOf(reason);
    } finally {
      if (turn === this.#turn) this.#coming.delete(page);
    }
  }
}
