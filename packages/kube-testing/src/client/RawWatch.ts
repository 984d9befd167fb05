import { ClientHttp2Stream } from 'node:http2';
import { JsonLines } from './JsonLines';

/** One frame of a watch, as the server sent it. */
export interface WatchFrame {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: any;
}

/**
 * A watch in progress: an async iterator of frames that ends when the server ends the response.
 * Frames that nobody asked for yet are kept.
 */
export class RawWatch implements AsyncIterable<WatchFrame> {
  readonly #stream: ClientHttp2Stream;
  readonly #lines = new JsonLines<WatchFrame>();
  readonly #frames: WatchFrame[] = [];
  readonly #waiting = new Set<() => void>();
  #ended = false;
  #error: Error | undefined;

  /** Status of the response; frames are only sent with 200. */
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly #patienceMs: number;
  readonly #onTaken: ((frame: WatchFrame) => void) | undefined;

  constructor(options: {
    stream: ClientHttp2Stream;
    status: number;
    headers: Record<string, string>;
    /** How long to wait for a frame; generous, as it decides nothing about speed. */
    patienceMs?: number;
    /** Called with each frame that is handed out. */
    onTaken?: (frame: WatchFrame) => void;
  }) {
    const { stream } = options;
    this.status = options.status;
    this.headers = options.headers;
    this.#patienceMs = options.patienceMs ?? 60_000;
    this.#onTaken = options.onTaken;
    this.#stream = stream;
    stream.on('data', chunk => this.receive(() => this.#lines.push(chunk)));
    stream.on('end', () => this.receive(() => this.#lines.end()));
    stream.on('error', error => this.finish(error));
    stream.on('close', () => this.finish());
  }

  /** True when the server, or `close`, ended it. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The next frame, or undefined at the end of the response. */
  async next(): Promise<WatchFrame | undefined> {
    const deadline = Date.now() + this.#patienceMs;
    while (this.#frames.length === 0 && !this.#ended) {
      const left = deadline - Date.now();
      if (left <= 0) {
        throw new Error(`No watch frame in ${this.#patienceMs / 1000} s`);
      }
      await this.somethingHappens(left);
    }
    if (this.#frames.length === 0 && this.#error) {
      throw this.#error;
    }
    const frame = this.#frames.shift();
    if (frame) {
      this.#onTaken?.(frame);
    }
    return frame;
  }

  /** Exactly the next `count` frames; rejects when the watch ends before them. */
  async take(count: number): Promise<WatchFrame[]> {
    const taken: WatchFrame[] = [];
    while (taken.length < count) {
      const frame = await this.next();
      if (!frame) {
        throw new Error(
          `The watch ended after ${taken.length} of ${count} frames`,
        );
      }
      taken.push(frame);
    }
    return taken;
  }

  /** Frames up to and including the first one that matches; rejects when the watch ends before it. */
  async takeUntil(
    matches: (frame: WatchFrame) => boolean,
  ): Promise<WatchFrame[]> {
    const taken: WatchFrame[] = [];
    for (;;) {
      const [frame] = await this.take(1);
      taken.push(frame);
      if (matches(frame)) {
        return taken;
      }
    }
  }

  /** All frames until the server ends the response. */
  async rest(): Promise<WatchFrame[]> {
    const taken: WatchFrame[] = [];
    for await (const frame of this) {
      taken.push(frame);
    }
    return taken;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchFrame> {
    for (;;) {
      const frame = await this.next();
      if (!frame) {
        return;
      }
      yield frame;
    }
  }

  close(): void {
    this.finish();
    this.#stream.close();
  }

  private receive(frames: () => WatchFrame[]): void {
    if (this.#ended) {
      return;
    }
    try {
      this.#frames.push(...frames());
      this.wake();
    } catch (error) {
      this.finish(error as Error);
      this.#stream.close();
    }
  }

  private finish(error?: Error): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#error = error;
      this.wake();
    }
  }

  private wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    waiting.forEach(resolve => resolve());
  }

  private somethingHappens(boundMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, boundMs);
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
