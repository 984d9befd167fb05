import { EventStream } from './EventStream';

/** All open streams: a backend that stops with one open would never exit. */
export class OpenStreams {
  readonly #streams = new Set<EventStream>();

  add(stream: EventStream): void {
    this.#streams.add(stream);
    stream.signal.addEventListener(
      'abort',
      () => this.#streams.delete(stream),
      {
        once: true,
      },
    );
  }

  closeAll(): void {
    [...this.#streams].forEach(stream => stream.close());
  }
}
