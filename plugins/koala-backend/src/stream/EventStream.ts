import { Response } from 'express';
import { StreamEvent } from '../service/KoalaService';

const HEARTBEAT_MS = 15_000;
/** A reader that lets this much pile up is cut off, and resumes; bytes. */
const MAX_PENDING = 4 * 1024 * 1024;

/** Events are shared between readers, so each is serialised once. */
const serialised = new WeakMap<StreamEvent, string>();

/** One open stream of server-sent events. */
export class EventStream {
  /** Sends the headers at once: a proxy or a browser waits for them. */
  static open(response: Response, options: { endsAt?: Date }): EventStream {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Without no-transform the compression of the root router holds every event back.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    return new EventStream(response, options);
  }

  readonly #controller = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #expiry?: NodeJS.Timeout;

  private constructor(
    private readonly response: Response,
    { endsAt }: { endsAt?: Date },
  ) {
    this.#heartbeat = setInterval(
      () => this.#write(': alive\n\n'),
      HEARTBEAT_MS,
    );
    this.#heartbeat.unref?.();
    if (endsAt) {
      const left = Math.max(0, endsAt.getTime() - Date.now());
      // Longer than a timer can count means: never, for a stream.
      if (left < 2 ** 31) {
        this.#expiry = setTimeout(() => this.close(), left);
        this.#expiry.unref?.();
      }
    }
    response.on('close', () => this.close());
  }

  /** Aborts when the stream is closed, by either side. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  send(event: StreamEvent): void {
    let text = serialised.get(event);
    if (text === undefined) {
      text = `event: ${event.type}\nid: ${
        event.revision
      }\ndata: ${JSON.stringify(event.data)}\n\n`;
      serialised.set(event, text);
    }
    this.#write(text);
  }

  close(): void {
    if (this.signal.aborted) return;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#expiry);
    this.#controller.abort();
    this.response.end();
  }

  #write(text: string): void {
    if (this.signal.aborted) return;
    this.response.write(text);
    if (this.response.writableLength > MAX_PENDING) this.close();
  }
}
