// An answer from the host that a screen waits for: loading, there, or in trouble. Only the newest question counts.
import type { Trouble } from "../host/contract";
import { troubleOf } from "../host/host";
import { Turns } from "./turns";

export class Loaded<T, Q = unknown> {
  value = $state.raw<T | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  busy = $state(false);
  /** What the value is the answer to. */
  of = $state.raw<Q | null>(null);
  #turns = new Turns();

  /** Asks about something; what was there stays until the answer comes, so that nothing flickers. */
  async ask(of: Q, question: () => Promise<T>): Promise<void> {
    const turn = this.#turns.begin(of);
    this.busy = true;
    try {
      const value = await question();
      if (!this.#turns.take(turn, of)) return;
      this.value = value;
      this.of = of;
      this.trouble = null;
    } catch (reason) {
      if (!this.#turns.take(turn, of)) return;
      this.trouble = troubleOf(reason);
    }
    if (this.#turns.rests) this.busy = false;
  }

  clear(): void {
    this.#turns.begin(null);
    this.value = null;
    this.of = null;
    this.trouble = null;
    this.busy = false;
  }
}
