/** What a program that writes a log knows of itself. */
export interface LogScene {
  /** Last part of the image's path: `cart`. */
  service: string;
  /** Tag of the image: `2.6.1`. */
  version: string;
  pod: string;
  namespace: string;
  /** A number from 0 up to 1, always the same for the same key and this run. */
  random(key: string): number;
}

/** A line as it is written at a moment (ms since the epoch), for programs that write their own time. */
export type LogLine = (at: number) => string;

/** The kind of program that a container simulates, by what it writes. */
export interface LogProgram {
  /** Milliseconds between two lines of daily business. */
  everyMs: number;
  /** What it says until it serves. */
  startUp(scene: LogScene): LogLine[];
  /** Daily business, line by line from 0 on. */
  routine(scene: LogScene, index: number): LogLine;
  /** In place of daily business, while something that it needs is not there. */
  unready(scene: LogScene, index: number): LogLine;
  /** The last words of one that fails. */
  failure(scene: LogScene): LogLine[];
  /** The last words of one that is told to stop. */
  stopped(scene: LogScene): LogLine[];
  /** The last words of one whose work is done. */
  completed(scene: LogScene): LogLine[];
}

/** One of a list, always the same for the same key. */
export function pick<T>(scene: LogScene, key: string, list: readonly T[]): T {
  return list[Math.floor(scene.random(key) * list.length)];
}

/** `2026-01-31T08:00:00.000Z` */
export const iso: LogLine = at => new Date(at).toISOString();
