import { imageBehaviour } from '../imageBehaviour';
import { sha256 } from '../imageReference';
import { LogLine, LogProgram, LogScene } from './programs/LogProgram';
import { programOf } from './programs/programOf';
import { LogRun } from './LogRun';

/** One line of a log. */
export interface WrittenLine {
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
}

const START_UP_EVERY_MS = 90;
/** However fast a simulation is, a log stays readable. */
const LEAST_PAUSE_MS = 50;
/** Statuses tell whole seconds: what was written within the last one belongs to the run. */
const LAST_SECOND_MS = 999;

function randomOf(seed: string): LogScene['random'] {
  const start = parseInt(sha256(seed).slice(0, 8), 16);
  return key => {
    // A small hash in place of SHA-256: a log has thousands of lines.
    let hash = start;
    for (let index = 0; index < key.length; index++) {
      hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
  };
}

function splitImage(image: string): { repository: string; version: string } {
  const [named] = image.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  return colon < 0
    ? { repository: named, version: 'latest' }
    : { repository: named.slice(0, colon), version: named.slice(colon + 1) };
}

/**
 * The lines that a run has written: a function of the run alone. Nothing is kept, any line can be computed by its index,
 * and what was written once is never unsaid when the run goes on or ends.
 */
export class RunLines {
  readonly #run: LogRun;
  readonly #program: LogProgram;
  readonly #scene: LogScene;
  readonly #startUp: LogLine[];
  readonly #everyMs: number;
  readonly #startUpEveryMs: number;
  readonly #isUnready: boolean;
  /** It fails before it serves: there is no daily business. */
  readonly #failsEarly: boolean;

  constructor(run: LogRun) {
    const { repository, version } = splitImage(run.image);
    this.#run = run;
    this.#program = programOf(repository, run.isTask);
    this.#scene = {
      service: repository.slice(repository.lastIndexOf('/') + 1),
      version,
      pod: run.pod,
      namespace: run.namespace,
      random: randomOf(run.id),
    };
    const behaviour = imageBehaviour(run.image);
    this.#isUnready =
      !behaviour.exit && behaviour.readyAfterMs === undefined && !run.isTask;
    this.#failsEarly = behaviour.exit?.reason === 'Error';
    this.#startUp = this.#program.startUp(this.#scene);
    if (behaviour.exit || this.#isUnready) {
      // What is not going to serve does not say that it does.
      this.#startUp = this.#startUp.slice(0, -1);
    }
    this.#everyMs = Math.max(
      LEAST_PAUSE_MS,
      // A task is short, and tells how it gets on.
      (run.isTask ? 400 : this.#program.everyMs) / run.speed,
    );
    this.#startUpEveryMs = START_UP_EVERY_MS / run.speed;
  }

  /** How many lines are there by now (ms since the epoch); of a run that is over, how many there are. */
  count(now: number): number {
    const { end } = this.#run;
    const written = this.#writtenBy(end ? end.at + LAST_SECOND_MS : now);
    return end ? written + this.#lastWords().length : written;
  }

  /** When the line of that index is written, while the run goes on. */
  timeOf(index: number): number {
    const { startedAt } = this.#run;
    const early = index - this.#startUp.length;
    if (early < 0) {
      return Math.floor(startedAt + index * this.#startUpEveryMs);
    }
    const spread = this.#scene.random(`pause ${early}`) - 0.5;
    return Math.floor(
      startedAt +
        this.#startUp.length * this.#startUpEveryMs +
        (early + 1 + spread * 0.8) * this.#everyMs,
    );
  }

  /** The line of that index, which has to be below the count. */
  line(index: number): WrittenLine {
    const { end } = this.#run;
    const written = end
      ? this.#writtenBy(end.at + LAST_SECOND_MS)
      : Number.POSITIVE_INFINITY;
    if (end && index >= written) {
      const last = written > 0 ? this.timeOf(written - 1) : 0;
      const at = Math.max(end.at, last);
      return { at, text: this.#lastWords()[index - written](at) };
    }
    const at = this.timeOf(index);
    return { at, text: this.#textOf(index)(at) };
  }

  #textOf(index: number): LogLine {
    if (index < this.#startUp.length) {
      return this.#startUp[index];
    }
    const early = index - this.#startUp.length;
    return this.#isUnready
      ? this.#program.unready(this.#scene, early)
      : this.#program.routine(this.#scene, early);
  }

  /** Lines of start and daily business up to a moment. */
  #writtenBy(moment: number): number {
    const { startedAt } = this.#run;
    const passed = moment - startedAt;
    if (passed < 0) {
      return 0;
    }
    const early = Math.floor(passed / this.#startUpEveryMs) + 1;
    if (early <= this.#startUp.length || this.#failsEarly) {
      return Math.min(early, this.#startUp.length);
    }
    // The spread is less than a pause, so that the guess is off by one at most.
    let count =
      this.#startUp.length +
      Math.max(
        0,
        Math.floor(
          (passed - this.#startUp.length * this.#startUpEveryMs) /
            this.#everyMs,
        ) - 1,
      );
    while (this.timeOf(count) <= moment) {
      count += 1;
    }
    return count;
  }

  #lastWords(): LogLine[] {
    const { end, isTask } = this.#run;
    if (!end || end.reason === 'OOMKilled') {
      return [];
    }
    if (end.exitCode !== 0) {
      return this.#program.failure(this.#scene);
    }
    return isTask
      ? this.#program.completed(this.#scene)
      : this.#program.stopped(this.#scene);
  }
}
