import { Container } from '../client';
import { ContainerEvent, containerEvents } from './containerEvents';
import {
  ContainerRun,
  RunEnd,
  failuresBetween,
  nextMoment,
} from './containerRun';
import { probeFailure } from './probeWords';

const STOP_MS = 600;

const KILLED = 137;
const TERMINATED = 143;

/** What happened to a run by now. */
export interface RunStep {
  events: ContainerEvent[];
  /** It is over; `isFinal`: as it was told to, for good. */
  end?: RunEnd & { isFinal: boolean };
}

/** A container while it runs: probed, told to stop, killed. */
export class RunningContainer {
  private stopping?: { at: number; exitCode: number; isFinal: boolean };
  /** Up to when probe failures were told. */
  private toldUntil: number;

  constructor(
    private readonly options: {
      container: Container;
      run: ContainerRun;
      podIP: string;
      speed: number;
    },
  ) {
    this.toldUntil = options.run.since;
  }

  get since(): number {
    return this.options.run.since;
  }

  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  /** Its startup probe, if it has one, has succeeded. */
  isStarted(now: number): boolean {
    return (this.options.run.startedAt ?? Infinity) <= now;
  }

  isReady(now: number): boolean {
    const { readyAt = Infinity, unreadyFrom = Infinity } = this.options.run;
    return readyAt <= now && now < unreadyFrom;
  }

  /** When something happens next by itself; undefined: never. */
  nextAt(now: number): number | undefined {
    const next = Math.min(
      nextMoment(this.options.run, now),
      this.stopping?.at ?? Infinity,
    );
    return next === Infinity ? undefined : next;
  }

  /** Sends SIGTERM, and SIGKILL after the grace period, which comes at once for what does not heed the first. */
  stop(now: number, options: { graceMs: number; ignoresStop: boolean }): void {
    const { graceMs, ignoresStop } = options;
    const grace = graceMs / this.options.speed;
    const isKilled = ignoresStop || graceMs === 0;
    const at = now + (isKilled ? grace : Math.min(grace, this.stopMs));
    this.stopping = {
      at: Math.min(at, this.stopping?.at ?? Infinity),
      exitCode: isKilled ? KILLED : TERMINATED,
      isFinal: true,
    };
  }

  /** Lets happen what is due; undefined where nothing is. */
  step(now: number): RunStep | undefined {
    const { run, container } = this.options;
    const { stopping } = this;
    const events = stopping ? [] : this.tellFailures(now);
    if (stopping && stopping.at <= now) {
      return { events, end: { ...stopping, reason: 'Error' } };
    }
    const isKilledBefore = (run.killed?.at ?? Infinity) < (run.end?.at ?? 0);
    if (run.end && run.end.at <= now && !isKilledBefore) {
      const isFinal = stopping?.isFinal ?? false;
      return { events, end: { ...run.end, isFinal } };
    }
    if (run.killed && run.killed.at <= now && !stopping) {
      const { at, by } = run.killed;
      this.stopping = {
        at: at + this.stopMs,
        // What answers no probe does not heed a signal either.
        exitCode: by === 'Liveness' ? KILLED : TERMINATED,
        isFinal: false,
      };
      const killing = containerEvents.probeKill(container.name, by);
      return { events: [...events, ...killing] };
    }
    return events.length > 0 ? { events } : undefined;
  }

  private tellFailures(now: number): ContainerEvent[] {
    if (now <= this.toldUntil) {
      return [];
    }
    const { container, run, podIP } = this.options;
    const failing = failuresBetween(run, { from: this.toldUntil, to: now });
    this.toldUntil = now;
    return failing.flatMap(({ kind, hangs }) =>
      containerEvents.unhealthy(
        probeFailure({ container, kind, podIP, hangs }),
      ),
    );
  }

  private get stopMs(): number {
    return STOP_MS / this.options.speed;
  }
}
