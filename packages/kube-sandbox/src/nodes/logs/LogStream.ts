import { Writable } from 'stream';
import { Clock, TimerHandle } from '../../client';
import { LogOptions } from './LogOptions';
import { LogRun } from './LogRun';
import { RunLines, WrittenLine } from './runLines';

/** Where a log comes from. */
export interface LogSource {
  /** The run as it is now; undefined where its pod is gone or runs something else. */
  current(): LogRun | undefined;
  /** Calls back at every change of the pod, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

/** Older lines have been rotated away, as on a node whose disk is not endless. */
const KEPT_LINES = 5_000;

/** `2026-01-31T08:00:00.123000000Z` */
const nanoTimestamp = (at: number) =>
  new Date(at).toISOString().replace('Z', '000000Z');

/**
 * Writes the log of one run to a stream and ends it: at once, or, where it is followed, when the run is over. In between there
 * is one timer for the next line, and nothing while nobody reads.
 */
export class LogStream {
  #next: number;
  #remaining: number;
  #lines: RunLines;
  #timer: TimerHandle;
  #unsubscribe: () => void = () => {};
  #closed = false;

  private constructor(
    private readonly options: {
      wanted: LogOptions;
      source: LogSource;
      out: Writable;
      clock: Clock;
    },
    private run: LogRun,
  ) {
    const { wanted, clock } = options;
    this.#lines = new RunLines(run);
    const count = this.#lines.count(clock.now());
    const kept = Math.min(wanted.tailLines ?? KEPT_LINES, KEPT_LINES);
    this.#next = Math.max(0, count - kept);
    this.#remaining = wanted.limitBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Starts to write; the stream's end or close ends it. */
  static start(
    options: LogStream['options'] & {
      run: LogRun;
    },
  ): void {
    const { run, ...rest } = options;
    const stream = new LogStream(rest, run);
    const { out, source, wanted } = options;
    out.once('close', () => stream.#close());
    if (wanted.follow && !run.end) {
      stream.#unsubscribe = source.onChange(() => stream.#changed());
    }
    stream.#write();
  }

  #close(): void {
    this.#closed = true;
    this.options.clock.clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #finish(): void {
    this.#close();
    this.options.out.end();
  }

  #changed(): void {
    const { source, clock } = this.options;
    const now = source.current();
    if (now && !now.end) {
      return;
    }
    this.run = now ?? {
      ...this.run,
      end: { at: clock.now(), exitCode: 0, reason: 'Completed' },
    };
    this.#lines = new RunLines(this.run);
    this.#write();
  }

  /** Writes what is due, then waits for the next line, for the reader, or ends. */
  #write(): void {
    const { out, clock, wanted } = this.options;
    if (this.#closed) {
      return;
    }
    clock.clearTimeout(this.#timer);
    const count = this.#lines.count(clock.now());
    let text = '';
    while (this.#next < count && this.#remaining > 0) {
      text += this.#format(this.#lines.line(this.#next));
      this.#next += 1;
    }
    const roomy = text === '' || out.write(text);
    if (!wanted.follow || this.run.end || this.#remaining <= 0) {
      this.#finish();
    } else if (roomy) {
      this.#wait();
    } else {
      out.once('drain', () => this.#write());
    }
  }

  #wait(): void {
    const { clock } = this.options;
    const pause = this.#lines.timeOf(this.#next) - clock.now();
    this.#timer = clock.setTimeout(() => this.#write(), Math.max(1, pause));
  }

  #format({ at, text }: WrittenLine): string {
    const { since, timestamps } = this.options.wanted;
    if (since !== undefined && at < since) {
      return '';
    }
    const line = `${timestamps ? `${nanoTimestamp(at)} ` : ''}${text}\n`;
    const bytes = Buffer.byteLength(line);
    const cut =
      bytes > this.#remaining
        ? Buffer.from(line).subarray(0, this.#remaining).toString()
        : line;
    this.#remaining -= bytes;
    return cut;
  }
}
