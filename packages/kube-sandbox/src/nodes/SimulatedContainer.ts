import {
  Container,
  ContainerState,
  ContainerStatus,
  timestamp,
} from '../client';
import { backoffSeconds } from './backoff';
import {
  ContainerEvent,
  PodEvent,
  PodIdentity,
  containerEvents,
} from './containerEvents';
import { failuresBetween, nextMoment, planRun } from './containerRun';
import { Activity, containerState } from './containerState';
import { containerStatus } from './containerStatus';
import { imageBehaviour } from './imageBehaviour';
import { ImagePull } from './ImagePull';
import { fraction, sha256 } from './imageReference';
import { probeFailure } from './probeWords';
import { ContainerKind, isRestarted } from './restartPolicy';

/** @public */
export interface SimulatedContainerOptions {
  container: Container;
  kind: ContainerKind;
  /** Restart policy of the pod. */
  podRestartPolicy: string;
  /** Reason shown until it starts: `ContainerCreating` or `PodInitializing`. */
  waitingReason: string;
  pod: PodIdentity;
  podIP: string;
  /** Images that the node has. */
  images: Set<string>;
  /** Delays are this many times shorter; the pause that messages name is not. */
  speed: number;
  /** The status a kubelet before this one left behind. */
  previous?: ContainerStatus;
}

const FAILURE_SHOWN_MS = 1_000;
const STOP_MS = 600;

/** After running for so long, a container that fails is not said to fail again and again. */
const SOUND_MS = 10 * 60_000;

const KILLED = 137;
const TERMINATED = 143;

/**
 * One container as its kubelet sees it: pulled, started, ready, stopped, restarted after a crash with a
 * growing pause. It moves only when told what time it is, so tests need no timers.
 */
export class SimulatedContainer {
  private activity: Activity = { doing: 'waiting' };
  private restarts = 0;
  /** Ends in a row, which make the pause before the next start longer. */
  private failures = 0;
  private lastState: ContainerState = {};
  private ended?: ContainerState['terminated'];
  private image: string;
  /** Why it cannot be configured; undefined: it can. */
  private problem?: string;
  /** Up to when probe failures were told. */
  private toldUntil = 0;
  private readonly jitter: number;

  constructor(private readonly options: SimulatedContainerOptions) {
    this.image = options.container.image;
    this.jitter = fraction(`${options.pod.uid}/${this.name}`);
    if (options.previous) {
      this.resume(options.previous);
    }
  }

  get name(): string {
    return this.options.container.name;
  }

  get kind(): ContainerKind {
    return this.options.kind;
  }

  get isWaiting(): boolean {
    return this.activity.doing === 'waiting';
  }

  get isRunning(): boolean {
    return this.activity.doing === 'running';
  }

  get isStopping(): boolean {
    const { activity } = this;
    return activity.doing === 'running' && activity.stopping !== undefined;
  }

  /** It ended and will not be started again. */
  get isFinished(): boolean {
    return this.activity.doing === 'finished';
  }

  get hasSucceeded(): boolean {
    return this.isFinished && this.ended?.exitCode === 0;
  }

  /** It runs, or did. */
  get hasStarted(): boolean {
    return this.isRunning || this.ended !== undefined;
  }

  /** It runs, and its startup probe, if it has one, has succeeded. */
  isStarted(now: number): boolean {
    const { activity } = this;
    return (
      activity.doing === 'running' &&
      (activity.run.startedAt ?? Infinity) <= now
    );
  }

  isReady(now: number): boolean {
    if (this.kind === 'init') {
      return this.hasSucceeded;
    }
    if (this.activity.doing !== 'running') {
      return false;
    }
    const { readyAt = Infinity, unreadyFrom = Infinity } = this.activity.run;
    return readyAt <= now && now < unreadyFrom;
  }

  /** Pulls and starts it, when its turn has come. */
  begin(now: number): PodEvent[] {
    return this.pull(now);
  }

  /** Says why it cannot be configured, or that it can. */
  setProblem(problem: string | undefined, now: number): PodEvent[] {
    this.problem = problem;
    if (this.activity.doing !== 'misconfigured') {
      return [];
    }
    const again = this.say(containerEvents.present(this.image));
    return [...again, ...this.run(now)];
  }

  /** The image in the pod was changed: the container is replaced. */
  setImage(image: string, now: number): PodEvent[] {
    if (image === this.image) {
      return [];
    }
    const wasRunning = this.isRunning;
    if (wasRunning) {
      this.end(now, { exitCode: 0, reason: 'Completed' });
      this.restarts += 1;
    }
    this.image = image;
    if (this.isWaiting) {
      return [];
    }
    this.lastState = this.ended ? { terminated: this.ended } : {};
    return [
      ...(wasRunning ? this.say(containerEvents.replaced(this.name)) : []),
      ...this.pull(now),
    ];
  }

  /** Sends SIGTERM, and SIGKILL after the grace period; it will not be started again. */
  stop(now: number, graceMs: number): void {
    const { activity } = this;
    if (activity.doing !== 'running') {
      this.activity = { doing: 'finished' };
      return;
    }
    const { ignoresStop } = imageBehaviour(this.image);
    const grace = graceMs / this.options.speed;
    const isKilled = ignoresStop || graceMs === 0;
    const at = now + (isKilled ? grace : Math.min(grace, this.delay(STOP_MS)));
    const before = activity.stopping?.at ?? Infinity;
    activity.stopping = {
      at: Math.min(at, before),
      exitCode: isKilled ? KILLED : TERMINATED,
      isFinal: true,
    };
  }

  /** What is said when the pod is told to end. */
  stopping(): PodEvent[] {
    return this.isRunning ? this.say(containerEvents.stopping(this.name)) : [];
  }

  /** When something happens next by itself; undefined: never. */
  nextAt(now: number): number | undefined {
    const { activity } = this;
    switch (activity.doing) {
      case 'pulling':
        return activity.pull.nextAt;
      case 'exited':
      case 'crash-backoff':
        return activity.until;
      case 'running': {
        const next = Math.min(
          nextMoment(activity.run, now),
          activity.stopping?.at ?? Infinity,
        );
        return next === Infinity ? undefined : next;
      }
      default:
        return undefined;
    }
  }

  /** Lets happen what is due by now. */
  advance(now: number): PodEvent[] {
    const events: PodEvent[] = [];
    // Several steps may be due at once, after the process slept or with a high speed.
    for (let due = this.step(now); due; due = this.step(now)) {
      events.push(...due);
    }
    return events;
  }

  status(now: number): ContainerStatus {
    const { container, pod, waitingReason } = this.options;
    return containerStatus({
      container,
      image: this.image,
      hasStarted: this.hasStarted,
      containerID: this.containerId(),
      ready: this.isReady(now),
      started: this.isStarted(now),
      restartCount: this.restarts,
      state: containerState({
        activity: this.activity,
        name: this.name,
        pod,
        waitingReason,
        failures: this.failures,
        ended: this.ended,
      }),
      lastState: this.lastState,
    });
  }

  /** One step that is due; undefined where none is. */
  private step(now: number): PodEvent[] | undefined {
    const { activity } = this;
    switch (activity.doing) {
      case 'pulling': {
        if (activity.pull.isThere) {
          return this.run(now);
        }
        const events = activity.pull.step(now);
        return events && this.say(events);
      }
      case 'running':
        return this.stepRun(activity, now);
      case 'exited':
        return activity.until <= now ? this.restart(activity.until) : undefined;
      case 'crash-backoff':
        return activity.until <= now
          ? this.runAgain(activity.until)
          : undefined;
      default:
        return undefined;
    }
  }

  private stepRun(
    activity: Extract<Activity, { doing: 'running' }>,
    now: number,
  ): PodEvent[] | undefined {
    const { run, stopping } = activity;
    const unhealthy = stopping ? [] : this.tellFailures(now);
    if (stopping && stopping.at <= now) {
      const { at, exitCode, isFinal } = stopping;
      return this.exit(at, { exitCode, reason: 'Error' }, isFinal);
    }
    if (
      run.end &&
      run.end.at <= now &&
      !(run.end.at > (run.killed?.at ?? Infinity))
    ) {
      return [
        ...unhealthy,
        ...this.exit(run.end.at, run.end, stopping?.isFinal),
      ];
    }
    if (run.killed && run.killed.at <= now && !stopping) {
      const { at, by } = run.killed;
      // What answers no probe does not heed a signal either.
      activity.stopping = {
        at: at + this.delay(STOP_MS),
        exitCode: by === 'Liveness' ? KILLED : TERMINATED,
        isFinal: false,
      };
      return [
        ...unhealthy,
        ...this.say(containerEvents.probeKill(this.name, by)),
      ];
    }
    return unhealthy.length > 0 ? unhealthy : undefined;
  }

  private tellFailures(now: number): PodEvent[] {
    const { activity } = this;
    if (activity.doing !== 'running' || now <= this.toldUntil) {
      return [];
    }
    const { container, podIP } = this.options;
    const failing = failuresBetween(activity.run, {
      from: this.toldUntil,
      to: now,
    });
    this.toldUntil = now;
    return failing.flatMap(({ kind, hangs }) =>
      this.say(
        containerEvents.unhealthy(
          probeFailure({ container, kind, podIP, hangs }),
        ),
      ),
    );
  }

  private pull(now: number): PodEvent[] {
    const { container, images, speed } = this.options;
    const { image, jitter } = this;
    const pull = ImagePull.begin({
      container,
      image,
      images,
      jitter,
      speed,
      now,
    });
    this.activity = { doing: 'pulling', pull };
    const events = this.say(pull.events);
    return pull.isThere ? [...events, ...this.run(now)] : events;
  }

  private run(at: number): PodEvent[] {
    const { container, kind, podRestartPolicy, speed } = this.options;
    if (this.problem) {
      this.activity = { doing: 'misconfigured', message: this.problem };
      return this.say(containerEvents.badConfig(this.problem));
    }
    this.activity = {
      doing: 'running',
      run: planRun({
        container,
        image: this.image,
        kind,
        podRestartPolicy,
        jitter: this.jitter,
        at,
        speed,
      }),
    };
    this.toldUntil = at;
    return this.say(containerEvents.started());
  }

  private exit(
    at: number,
    how: { exitCode: number; reason: string },
    isFinal = false,
  ): PodEvent[] {
    const { container, kind, podRestartPolicy, speed } = this.options;
    const since =
      this.activity.doing === 'running' ? this.activity.run.since : at;
    this.end(at, how);
    const { exitCode } = how;
    const goesOn =
      !isFinal && isRestarted({ container, kind, podRestartPolicy, exitCode });
    if ((at - since) * speed >= SOUND_MS) {
      this.failures = 0;
    }
    this.activity = goesOn
      ? { doing: 'exited', until: at + this.delay(FAILURE_SHOWN_MS) }
      : { doing: 'finished' };
    return [];
  }

  private end(at: number, how: { exitCode: number; reason: string }): void {
    const since =
      this.activity.doing === 'running' ? this.activity.run.since : at;
    this.ended = {
      exitCode: how.exitCode,
      reason: how.reason,
      startedAt: timestamp(since),
      finishedAt: timestamp(at),
      containerID: this.containerId(),
    };
  }

  /** The first restart is immediate; every later one waits, twice as long each time. */
  private restart(at: number): PodEvent[] {
    this.lastState = { terminated: this.ended };
    if (this.failures === 0) {
      return this.runAgain(at);
    }
    const pause = backoffSeconds(this.failures) * 1000;
    this.activity = { doing: 'crash-backoff', until: at + this.delay(pause) };
    return this.say(containerEvents.crashBackoff(this.name, this.options.pod));
  }

  private runAgain(at: number): PodEvent[] {
    this.restarts += 1;
    this.failures += 1;
    return [...this.say(containerEvents.present(this.image)), ...this.run(at)];
  }

  private resume(previous: ContainerStatus): void {
    const { state = {}, lastState = {}, restartCount } = previous;
    this.restarts = restartCount;
    this.failures = restartCount;
    this.lastState = lastState;
    this.ended = state.terminated ?? lastState.terminated;
    if (state.running) {
      this.run(Date.parse(state.running.startedAt));
    } else if (state.terminated) {
      const { exitCode, reason = '' } = state.terminated;
      const at = Date.parse(state.terminated.finishedAt ?? '') || 0;
      this.exit(at, { exitCode, reason });
      this.ended = state.terminated;
    } else if (state.waiting?.reason === 'CrashLoopBackOff') {
      this.restart(Date.parse(lastState.terminated?.finishedAt ?? '') || 0);
    }
  }

  private delay(ms: number): number {
    return ms / this.options.speed;
  }

  private containerId(): string {
    const { uid } = this.options.pod;
    return `containerd://${sha256(`${uid}/${this.name}/${this.restarts}`)}`;
  }

  private say(events: ContainerEvent[]): PodEvent[] {
    const list = this.kind === 'main' ? 'containers' : 'initContainers';
    const fieldPath = `spec.${list}{${this.name}}`;
    return events.map(event => ({ ...event, fieldPath }));
  }
}
