// Questions are asked in turn and answered in any order. An answer to another question than the newest is too late; one to
// the same question counts until a newer one is there, so that asking often does not starve a slow answer.

export class Turns {
  #of: unknown = null;
  #asked = 0;
  #taken = 0;

  /** Counts a question about something; the answer is to be taken with this number. */
  begin(of: unknown): number {
    this.#of = of;
    return ++this.#asked;
  }

  /** Whether an answer still counts. */
  still(turn: number, of: unknown): boolean {
    return of === this.#of && turn >= this.#taken;
  }

  /** Whether an answer still counts; then older ones no longer do. */
  take(turn: number, of: unknown): boolean {
    if (!this.still(turn, of)) return false;
    this.#taken = turn;
    return true;
  }

  /** Whether the newest question is answered. */
  get rests(): boolean {
    return this.#taken === this.#asked;
  }
}
