// The one running window: its state, and the steps that ask the host and then change the state.
import type { CaseState, Draft, EntryLine, Event, HitLine, Named, Place, Right, Trouble } from "../host/contract";
import { type Host, type LetterFormat, troubleOf } from "../host/host";
import { kindOf, troubleSentences, type Words, words } from "../words/words";
import { holds, likelyRight, samePlace, withItem, withoutItem } from "./draft";
import { Pages } from "./pages.svelte";
import { type Search, question } from "./search";
import {
  change,
  type Happening,
  initial,
  isUnlocked,
  type Leaving,
  type PlaceName,
  type Recognised,
  type Said,
  type Shown,
  type State,
  type Theme,
} from "./state";

/** How often screens look again while reading goes on. */
const LOOK_AGAIN_MS = 900;
/** How long typing may rest before the search is asked. */
const TYPING_MS = 45;

/** Hits asked for at once. */
const SEARCH_PAGE = 100;

class App {
  state = $state.raw<State>(initial);
  draft = $state.raw<Draft | null>(null);
  controllers = $state.raw<Named[]>([]);
  /** Parts of the state that questions to the host hang on: a change of anything else must not ask them again. */
  readonly epoch = $derived(this.state.epoch);
  readonly period = $derived(this.state.period);
  readonly entry = $derived(this.state.entry);
  readonly shown = $derived(this.state.shown);
  readonly recognised = $derived(this.state.recognised);
  readonly corrections = $derived(this.state.corrections);
  /** The hits of the search, page by page. */
  readonly hits = new Pages<HitLine>(SEARCH_PAGE);
  #host: Host | null = null;
  /** Counts the exports opened, so that an answer about one is not taken for an answer about the next. */
  #turn = 0;
  #looked = 0;
  #lookingAgain = false;
  /** Counts what is shown and left, so that a record that comes late does not replace what was chosen since. */
  #showing = 0;
  /** The one of these that waits for its row. */
  #arriving = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> = Promise.resolve();
  #correcting: Promise<unknown> = Promise.resolve();
  #adding: Promise<unknown> = Promise.resolve();
  /** Counts the questions about the case, so that an old answer is not taken for the newest. */
  #caseAsked = 0;

  get w(): Words {
    return words[this.state.language];
  }

  get host(): Host {
    if (!this.#host) throw new Error("the window was drawn before it was started");
    return this.#host;
  }

  send(happening: Happening): void {
    this.state = change(this.state, happening);
  }

  async begin(host: Host, theme: Theme): Promise<void> {
    this.#host = host;
    try {
      this.send({ type: "started", start: await host.start(), theme });
      await host.subscribe((event) => {
        this.hear(event);
      });
      // An export may be open already, when it was named on the command line.
      const turn = this.#turn;
      void this.#askCase();
      const head = await host.head();
      if (head && turn === this.#turn && head.state !== "reading") this.hear({ type: "done", head });
    } catch (reason) {
      this.send({ type: "trouble", trouble: troubleOf(reason) });
    }
  }

  hear(event: Event): void {
    if (event.type === "dropped") void this.#mayLeave("dropped");
    if (event.type === "closing") void this.#mayLeave("program");
    if (event.type === "opening" || event.type === "refused") {
      this.#turn += 1;
      this.#showing += 1;
      this.#caseAsked += 1;
      // A request outlives the password that opens more of the same export.
      if (event.type === "refused" || !isUnlocked(this.state, event.name)) this.draft = null;
    }
    this.send({ type: "told", event });
    if (event.type === "progress") void this.#lookAgain();
    if (event.type === "done") {
      void this.#meetControllers();
      void this.#askCase();
      if (this.state.search.open) this.ask(false);
    }
  }

  /** While reading goes on, what is read so far is looked at anew now and then. */
  async #lookAgain(): Promise<void> {
    // One after the other: an older answer that comes late would turn the counts back.
    if (this.#lookingAgain || performance.now() - this.#looked < LOOK_AGAIN_MS) return;
    this.#lookingAgain = true;
    const turn = this.#turn;
    // It is looked at again soon; nothing is lost where it cannot be told this time.
    const head = await this.host.head().catch(() => null);
    this.#lookingAgain = false;
    this.#looked = performance.now();
    const { phase } = this.state;
    if (head && turn === this.#turn && phase.name === "opening")
      this.send({ type: "looked", head, again: phase.looking });
  }

  async #meetControllers(): Promise<void> {
    this.controllers = await this.host.controllers().catch(() => []);
  }

  /** Does something that may be refused; a refusal is said in passing. */
  async attempt<T>(step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (reason) {
      const { message, hint } = troubleSentences(this.w, troubleOf(reason));
      this.say(`${message} ${hint}`.trim());
      return null;
    }
  }

  say(text: string, goTo: Said["goTo"] = null): void {
    this.send({ type: "said", text, goTo });
  }

  // ------------------------------------------------------------ opening

  async openSample(id: string): Promise<void> {
    await this.attempt(() => this.host.openSample(id));
  }

  async chooseFiles(): Promise<void> {
    await this.attempt(() => this.host.chooseFiles());
  }

  async chooseFolder(): Promise<void> {
    await this.attempt(() => this.host.chooseFolder());
  }

  async unlock(passwords: string[]): Promise<void> {
    this.send({ type: "unlocking" });
    await this.attempt(() => this.host.unlock(passwords));
  }

  async stop(): Promise<void> {
    await this.attempt(() => this.host.stop());
  }

  async lookWhileReading(): Promise<void> {
    const turn = this.#turn;
    const head = await this.attempt(() => this.host.head());
    if (!head || turn !== this.#turn) return;
    this.send({ type: "looking", on: true });
    this.send({ type: "looked", head, again: true });
  }

  /** Asks the host anew for what the screen shows, after it was refused. */
  again(): void {
    this.send({ type: "again" });
  }

  /** Whether something would be lost with the export: a request, or kinds that no case keeps. */
  get atStake(): boolean {
    return this.draft !== null || (this.state.case?.unkept ?? 0) > 0;
  }

  /** Goes on to another export; what would be lost with this one is asked about first. */
  async leave(): Promise<void> {
    await this.#mayLeave("close");
  }

  /** Something else wants to go on: what was done last is counted before it is said whether anything would be lost. */
  async #mayLeave(to: Leaving): Promise<void> {
    const turn = this.#turn;
    await Promise.all([this.#adding, this.#correcting]);
    await this.#askCase();
    // Whoever waited to close this export does not mean the next one.
    if (to === "close" && turn !== this.#turn) return;
    if (!this.atStake) return this.leaveFor(to);
    if (to === "program") await this.attempt(() => this.host.leaveProgram(false));
    this.send({ type: "dialog", dialog: { name: "leave", to } });
  }

  async leaveFor(to: Leaving): Promise<void> {
    if (to === "close") await this.close();
    else if (to === "dropped") await this.attempt(() => this.host.openDropped());
    else await this.attempt(() => this.host.leaveProgram(true));
  }

  async close(): Promise<void> {
    const turn = this.#turn;
    await this.attempt(() => this.host.close());
    // Another export may have been opened in the meantime.
    if (turn !== this.#turn) return;
    this.#turn += 1;
    this.#showing += 1;
    this.draft = null;
    this.send({ type: "closed" });
    void this.#askCase();
  }

  // ------------------------------------------------------------ going about

  go(place: PlaceName): void {
    this.#showing += 1;
    this.send({ type: "went", place });
  }

  show(shown: Shown | null): void {
    this.#showing += 1;
    this.send({ type: "shown", shown });
  }

  /** Keeps the list of everything else to some kinds, or to a file. */
  list(kinds: string[], entry: State["entry"]): void {
    this.#showing += 1;
    this.send({ type: "listed", kinds, entry });
  }

  /** Shows a row once it is there, if nothing else was chosen until then. */
  async showOnce(arrival: Promise<{ id: string } | undefined>): Promise<void> {
    const showing = ++this.#showing;
    this.#arriving = showing;
    const row = await arrival;
    if (showing !== this.#showing) return;
    this.#arriving = 0;
    if (row) this.show({ id: row.id, at: null });
  }

  /** Whether a record is open, or is about to be: then it follows whoever walks on. */
  get follows(): boolean {
    return this.state.shown !== null || (this.#arriving !== 0 && this.#arriving === this.#showing);
  }

  /**
   * Says what the records of a file are; everything that was asked before is asked anew. Choices are made one after the
   * other: walking through them by key must end with the last. False where it was refused.
   */
  correctKind(entry: EntryLine, kind: string | null, certainty: string | null): Promise<boolean> {
    const turn = this.#turn;
    const step = this.#correcting.then(() => this.#correct(turn, entry, kind, certainty));
    this.#correcting = step;
    return step;
  }

  async #correct(turn: number, entry: EntryLine, kind: string | null, certainty: string | null): Promise<boolean> {
    if (turn !== this.#turn) return false;
    const done = await this.attempt(() => this.host.correctKind(entry.id, kind).then(() => true));
    if (!done || turn !== this.#turn) return false;
    const head = await this.host.head().catch(() => null);
    if (turn !== this.#turn) return false;
    const was: Recognised | null = entry.corrected === null ? { kinds: entry.kinds, certainty } : null;
    this.send({ type: "corrected", head, entry: entry.id, was });
    if (this.state.search.open) this.ask(false);
    await this.#askCase();
    if (turn !== this.#turn) return true;
    const { files } = this.w;
    this.say(
      kind === null ? files.kindTakenBack(entry.path) : files.kindNowSet(entry.path, kindOf(this.w, kind)),
      (this.state.case?.unkept ?? 0) > 0 ? "keep" : null,
    );
    return true;
  }

  // ------------------------------------------------------------ the case

  async #askCase(): Promise<void> {
    const number = ++this.#caseAsked;
    const state = await this.host.caseState().catch(() => null);
    if (state && number === this.#caseAsked) this.send({ type: "case", case: state });
  }

  #takeCase(state: CaseState): void {
    this.#caseAsked += 1;
    this.send({ type: "case", case: state });
  }

  /** Saves what was put right: in the case that is open, else a new one is begun. */
  async keep(): Promise<void> {
    if (this.state.case?.name == null) {
      this.send({ type: "hushed" });
      this.send({ type: "dialog", dialog: { name: "keep_case" } });
      return;
    }
    const state = await this.attempt(() => this.host.keepCase(null));
    if (!state) return;
    this.#takeCase(state);
    this.say(this.w.case.kept(state.name ?? ""));
  }

  /** Saves in a new case. Why not, where it was refused; nothing where it was done or called off. */
  async keepNew(passphrase: string): Promise<Trouble | null> {
    try {
      const state = await this.host.keepCase(passphrase);
      this.send({ type: "dialog", dialog: null });
      if (state) this.#takeCase(state);
      this.say(state ? this.w.case.kept(state.name ?? "") : this.w.requests.cancelled);
      return null;
    } catch (reason) {
      return troubleOf(reason);
    }
  }

  async chooseCase(): Promise<void> {
    const file = await this.attempt(() => this.host.chooseCase());
    if (file !== null) this.send({ type: "dialog", dialog: { name: "open_case", file } });
  }

  /** Opens the case that was chosen. Why not, where it was refused. */
  async openCase(passphrase: string): Promise<Trouble | null> {
    try {
      const turn = this.#turn;
      const state = await this.host.openCase(passphrase);
      const head = await this.host.head().catch(() => null);
      if (turn !== this.#turn) {
        this.send({ type: "dialog", dialog: null });
        void this.#askCase();
        return null;
      }
      this.#caseAsked += 1;
      this.send({ type: "case_opened", case: state, head });
      if (this.state.search.open) this.ask(false);
      this.say(this.w.case.opened(state.name ?? "", state.export, state.kinds - state.left_out));
      return null;
    } catch (reason) {
      return troubleOf(reason);
    }
  }

  /** Whether it is closed. What it put right stays so while the export is open. */
  async closeCase(): Promise<boolean> {
    const name = this.state.case?.name ?? "";
    await this.attempt(() => this.host.closeCase());
    await this.#askCase();
    const closed = this.state.case?.name == null;
    if (closed) this.say(this.w.case.closed(name));
    return closed;
  }

  // ------------------------------------------------------------ searching

  openSearch(): void {
    this.send({ type: "search_opened" });
  }

  leaveSearch(): void {
    this.#rest();
    this.#showing += 1;
    this.send({ type: "search_left" });
  }

  type(text: string): void {
    this.send({ type: "typed", text });
    this.#rest();
    this.#typing = setTimeout(() => {
      this.ask(true);
    }, TYPING_MS);
  }

  #rest(): void {
    clearTimeout(this.#typing);
    this.#typing = undefined;
  }

  /** Waits until what was typed last is answered; false where other words were typed in the meantime, or it was refused. */
  async #answered(): Promise<boolean> {
    if (this.#typing !== undefined) this.ask(true);
    const { text } = this.state.search;
    for (let asking; asking !== this.#asking;) {
      asking = this.#asking;
      await asking;
    }
    const { search } = this.state;
    return search.open && search.text === text && text.trim() !== "" && search.found !== null && !search.trouble;
  }

  /** Opens the hit that the keys are on; where what was typed last is not answered yet, a hit of the answer. */
  async openHit(): Promise<void> {
    await this.showOnce(
      this.#answered().then((there) => (there ? this.hits.arrival(this.state.search.at) : undefined)),
    );
  }

  /** Walks so many hits on, among those of what was typed last. */
  async walkHits(step: number): Promise<void> {
    const { asked, answered } = this.state.search;
    if (answered < asked && !(await this.#answered())) return;
    this.walkTo(this.state.search.at + step);
  }

  /** Goes to a hit; a record that is open gives way to it. */
  walkTo(index: number): void {
    this.send({ type: "walked", to: index });
    if (this.follows) void this.openHit();
  }

  keepTo(filter: Partial<Pick<Search, "kinds" | "year" | "entry">>): void {
    this.send({ type: "kept_to", ...filter });
    this.ask(false);
  }

  ask(typing: boolean): void {
    this.#rest();
    const { search, period } = this.state;
    if (search.text.trim() === "") return;
    const number = search.asked + 1;
    this.send({ type: "asked", number });
    this.#asking = this.host.search(question(search, period, typing, 0, SEARCH_PAGE)).then(
      (found) => {
        this.send({ type: "answered", number, found });
        if (this.state.search.found !== found) return;
        // Later pages are asked for as the question stood when this answer was given.
        this.hits.take({ total: found.total, offset: 0, rows: found.hits }, async (offset, limit) => {
          const more = await this.host.search(question(search, period, typing, offset, limit));
          return { total: more.total, offset, rows: more.hits };
        });
      },
      (reason: unknown) => {
        this.send({ type: "unanswered", number, trouble: troubleOf(reason) });
      },
    );
  }

  // ------------------------------------------------------------ a request

  /** Puts places into the request, or takes them out again; one after the other, so that twice is as if never. */
  toggleInRequest(places: Place[], wholeRecord: boolean): Promise<void> {
    const turn = this.#turn;
    return this.#inTurn(async () => {
      if (turn !== this.#turn) return;
      if (places.some((place) => holds(this.draft, place))) this.takeOut(places);
      else await this.addToRequest(places, wholeRecord);
    });
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#adding.then(step);
    this.#adding = done.catch(() => undefined);
    return done;
  }

  /** Puts the records of a finding into a request, and goes there if nothing else was chosen in the meantime. */
  answerFinding(records: string[], right: Right): Promise<void> {
    const turn = this.#turn;
    const showing = ++this.#showing;
    return this.#inTurn(async () => {
      const cards = await this.attempt(() => Promise.all(records.map((id) => this.host.record(id, null))));
      if (!cards || cards.length === 0 || turn !== this.#turn) return;
      const places = cards.map((card) => card.row.locator);
      await this.addToRequest(places, true, right);
      if (this.draft && showing === this.#showing) this.go("requests");
    });
  }

  takeOut(list: Place[]): void {
    if (!this.draft) return;
    this.draft = list.reduce(withoutItem, this.draft);
    this.say(this.w.requests.removed);
  }

  async addToRequest(list: Place[], wholeRecord: boolean, right: Right = likelyRight(wholeRecord)): Promise<void> {
    const turn = this.#turn;
    if (!this.draft) {
      const once = list.filter((place, i) => list.findIndex((other) => samePlace(place, other)) === i);
      const draft = await this.attempt(() => this.host.newDraft(right, this.state.language, once));
      if (!draft || turn !== this.#turn) return;
      // Another one may have been begun in the meantime: then it takes these as well.
      this.draft ??= draft;
    }
    const { items } = this.draft;
    this.draft = list.reduce(withItem, items.length === 0 ? { ...this.draft, right } : this.draft);
    this.say(this.w.requests.addedRecord, "requests");
  }

  /** The files written; none where it was refused or called off, and then that is said. */
  async saveLetter(draft: Draft, format: LetterFormat): Promise<string[]> {
    const answer = await this.attempt(async () => ({ saved: await this.host.saveLetter(draft, format) }));
    if (answer && !answer.saved) this.say(this.w.requests.cancelled);
    return answer?.saved?.files ?? [];
  }
}

export const app = new App();
