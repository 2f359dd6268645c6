// An answer from the host that a screen waits for: loading, there, or in trouble. Only the newest question counts.
import type { Trouble } from "../host/contract";
import { troubleOf } from "../host/host";

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  busy = $state(false);
  #turn = 0;

  /** Asks; what was there stays until the answer comes, so that nothing flickers. */
  async ask(question: () => Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    try {
      const value = await question();
      if (turn !== this.#turn) return;
      this.value = value;
      this.trouble = null;
    } catch (reason) {
      if (turn !== this.#turn) return;
      this.trouble = troubleOf(reason);
    }
    this.busy = false;
  }

  clear(): void {
    this.#turn += 1;
    this.value = null;
    this.trouble = null;
    this.busy = false;
  }
}
