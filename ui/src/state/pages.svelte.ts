// A long list of which only the pages in sight are fetched. Rows that are not there yet are drawn as placeholders.
import type { Page, Trouble } from "../host/contract";
import { troubleOf } from "../host/host";
import { Turns } from "./turns";

type Fetch<T> = (offset: number, limit: number) => Promise<Page<T>>;

interface Held<T> {
  rows: T[];
  /** When it was asked for: of the same list, asked for again, what is older is fetched anew. */
  edition: number;
}

/** Pages kept in memory; the ones seen longest ago go first. */
const PAGES_MAX = 80;

export class Pages<T> {
  total = $state(0);
  /** Whether the first page is there, so that an empty list can be told from one that is still coming. */
  ready = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #version = $state(0);
  #pages = new Map<number, Held<T>>();
  #coming = new Set<number>();
  #turns = new Turns();
  /** Which list it is; grows with each other list, and with each time that a list was begun anew. */
  #of: unknown = null;
  #list = 0;
  #edition = 0;
  #fetch: Fetch<T> | null = null;
  #waiting: { index: number; done: (row: T | undefined) => void }[] = [];

  constructor(readonly size: number) {}

  /**
   * Starts over; `of` tells one list from another. Rows of before stay in sight until the first page comes; where it is
   * the same list asked for again, all of them until their own page comes. Says whether the answer counted: where another
   * list was asked for in the meantime, it did not.
   */
  async from(of: unknown, fetch: Fetch<T>): Promise<boolean> {
    const turn = this.#turns.begin(of);
    try {
      const page = await fetch(0, this.size);
      if (!this.#turns.take(turn, of)) return false;
      this.#begin(of, page, fetch);
    } catch (reason) {
      if (!this.#turns.take(turn, of)) return false;
      this.#begin(null, { total: 0, offset: 0, rows: [] }, fetch);
      this.trouble = troubleOf(reason);
    }
    return true;
  }

  /** Takes a first page that came with something else, such as the answer to a search. */
  take(page: Page<T>, fetch: Fetch<T>): void {
    this.#turns.begin(null);
    this.#begin(null, page, fetch);
  }

  #begin(of: unknown, page: Page<T>, fetch: Fetch<T>): void {
    if (of === null || of !== this.#of) {
      this.#list += 1;
      this.#pages.clear();
      this.#coming.clear();
      this.#leave();
    }
    this.#of = of;
    this.#edition += 1;
    this.#fetch = fetch;
    this.total = page.total;
    this.trouble = null;
    this.ready = true;
    this.#put(0, page.rows, this.#edition);
  }

  #put(page: number, rows: T[], edition: number): void {
    if (edition < (this.#pages.get(page)?.edition ?? 0)) return;
    this.#pages.delete(page);
    this.#pages.set(page, { rows, edition });
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_MAX) break;
      this.#pages.delete(oldest);
    }
    this.#version += 1;
    this.#tell();
  }

  row(index: number): T | undefined {
    void this.#version;
    return this.#held(index);
  }

  #held(index: number): T | undefined {
    return index < this.total ? this.#pages.get(Math.floor(index / this.size))?.rows[index % this.size] : undefined;
  }

  /** A row once it is there; none where there is no such row, or another list has come. */
  async arrival(index: number): Promise<T | undefined> {
    const row = this.#held(index);
    if (row !== undefined || index < 0 || index >= this.total) return row;
    const arrival = new Promise<T | undefined>((done) => this.#waiting.push({ index, done }));
    this.want(index, index);
    return arrival;
  }

  /** Tells whoever waits for a row that it is there, or that it will not come. */
  #tell(): void {
    const waiting = this.#waiting.splice(0);
    for (const { index, done } of waiting) {
      if (index >= this.total || this.#pages.has(Math.floor(index / this.size))) done(this.#held(index));
      else this.#waiting.push({ index, done });
    }
  }

  /** Tells whoever waits for a row that it will not come. */
  #leave(): void {
    for (const { done } of this.#waiting.splice(0)) done(undefined);
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
      }
      if (kept?.edition !== this.#edition && !this.#coming.has(page)) void this.#bring(page);
    }
  }

  async #bring(page: number): Promise<void> {
    if (!this.#fetch || page < 0) return;
    const list = this.#list;
    const edition = this.#edition;
    this.#coming.add(page);
    try {
      const { rows } = await this.#fetch(page * this.size, this.size);
      if (list !== this.#list) return;
      this.#coming.delete(page);
      this.#put(page, rows, edition);
    } catch (reason) {
      if (list !== this.#list) return;
      this.#coming.delete(page);
      this.trouble = troubleOf(reason);
      this.#leave();
    }
  }
}
