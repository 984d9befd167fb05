/** Named timers: setting one replaces the one of the same name. The clock can be replaced in tests. */
export class Timers {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  static create(): Timers {
    return new Timers();
  }

  now(): number {
    return Date.now();
  }

  set(name: string, milliseconds: number, action: () => void): void {
    this.cancel(name);
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        action();
      }, milliseconds),
    );
  }

  cancel(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  cancelAll(): void {
    [...this.#timers.keys()].forEach(name => this.cancel(name));
  }
}
