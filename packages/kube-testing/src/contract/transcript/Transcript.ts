import {
  ClientObserver,
  RawRequestInit,
  RawResponse,
} from '../../client/RawKubeClient';
import { WatchFrame } from '../../client/RawWatch';

/** One thing that a case saw of its server. */
export interface TranscriptEntry {
  /** What was asked: `PATCH /apis/apps/v1/…?force=true` or the title of a note. */
  asked: string;
  /** What came: status, headers and body, frames, or the value of a note. */
  seen: unknown;
}

/** What the title of a note begins with. */
export const NOTE = 'note: ';

/** Headers whose presence and value clients act on. */
const COMPARED_HEADERS = ['content-type', 'warning', 'retry-after'];

function titleOf(path: string, { method = 'GET', query }: RawRequestInit) {
  const parameters = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`);
  return `${method} ${path}${
    parameters.length ? `?${parameters.join('&')}` : ''
  }`;
}

function seenIn(response: RawResponse) {
  const { status, headers, body, text } = response;
  const type = headers['content-type'] ?? '';
  const readable = /^text\/|yaml/.test(type);
  return {
    status,
    headers: Object.fromEntries(
      COMPARED_HEADERS.filter(name => headers[name]).map(name => [
        name,
        headers[name],
      ]),
    ),
    // Parsed anew: the case may change what it was given.
    ...(body !== undefined && { body: JSON.parse(text) }),
    ...(body === undefined && readable && { text }),
  };
}

/**
 * What one case asked and what it was answered, in the order of its requests. What is asked again and
 * again until something happens is left out: how often that was differs from run to run.
 */
export class Transcript implements ClientObserver {
  readonly entries: TranscriptEntry[] = [];
  #quiet = 0;

  /** Records nothing while `work` runs. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    this.#quiet += 1;
    try {
      return await work();
    } finally {
      this.#quiet -= 1;
    }
  }

  /** Records what was found by other means than a request, such as the output of a command. */
  note(title: string, value: unknown): void {
    this.entries.push({ asked: `${NOTE}${title}`, seen: value });
  }

  onRequest(path: string, init: RawRequestInit) {
    if (this.#quiet > 0) {
      return undefined;
    }
    // Its place is kept now: answers of requests that were sent together come in any order.
    const entry: TranscriptEntry = { asked: titleOf(path, init), seen: null };
    this.entries.push(entry);
    return (response: RawResponse) => {
      entry.seen = seenIn(response);
    };
  }

  onWatch(path: string, init: RawRequestInit) {
    const frames: WatchFrame[] = [];
    this.entries.push({
      asked: titleOf(path, init).replace(/^GET/, 'WATCH'),
      seen: frames,
    });
    return (frame: WatchFrame) => {
      frames.push(structuredClone(frame));
    };
  }
}
