import { Slot } from './Slot';

/** How long resolving may hold the event loop at a time, in milliseconds. */
const SLICE_MS = 10;

interface AgendaOptions {
  resolve: (slot: Slot) => void;
  /** Called after each slice of work, and when there was none. */
  onSlice: () => void;
}

/** Which slots to resolve again, and when: soon, in slices, or once their time has come. */
export class Agenda {
  readonly #options: AgendaOptions;
  readonly #dirty = new Set<Slot>();
  /** Slots that time alone will change. */
  readonly #waiting = new Set<Slot>();
  #flush?: NodeJS.Immediate;

  constructor(options: AgendaOptions) {
    this.#options = options;
  }

  stop(): void {
    if (this.#flush) clearImmediate(this.#flush);
  }

  add(slots: Iterable<Slot>): void {
    for (const slot of slots) this.#dirty.add(slot);
  }

  /** Takes note of when a slot that has been resolved wants to be resolved again. */
  resolved(slot: Slot): void {
    if (slot.recheckAt === undefined) this.#waiting.delete(slot);
    else this.#waiting.add(slot);
  }

  remove(slot: Slot): void {
    this.#dirty.delete(slot);
    this.#waiting.delete(slot);
  }

  /** Adds the slots whose time has come. */
  recheck(now: number): void {
    for (const slot of this.#waiting) {
      if (slot.recheckAt! <= now) this.#dirty.add(slot);
    }
    if (this.#dirty.size > 0) this.schedule();
  }

  /** Works off what there is, after this turn of the event loop. */
  schedule(): void {
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      this.#work();
    });
  }

  #work(): void {
    const end = performance.now() + SLICE_MS;
    for (const slot of this.#dirty) {
      this.#dirty.delete(slot);
      this.#options.resolve(slot);
      if (performance.now() > end) break;
    }
    this.#options.onSlice();
    if (this.#dirty.size > 0) this.schedule();
  }
}
