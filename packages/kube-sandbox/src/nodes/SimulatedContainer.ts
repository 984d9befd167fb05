import {
  Container,
  ContainerState,
  ContainerStatus,
  timestamp,
} from '../client';
import { backoffSeconds } from './backoff';
import { PodEvent, PodIdentity, containerEvents } from './containerEvents';
import { Activity, containerState } from './containerState';
import { imageBehaviour } from './imageBehaviour';
import { fraction, imageId, imageReference, sha256 } from './imageReference';

/** @public */
export interface SimulatedContainerOptions {
  container: Container;
  kind: 'init' | 'sidecar' | 'main';
  /** Restart policy of the pod. */
  podRestartPolicy: string;
  /** Reason shown until it starts: `ContainerCreating` or `PodInitializing`. */
  waitingReason: string;
  pod: PodIdentity;
  /** Delays are this many times shorter; the pause that messages name is not. */
  speed: number;
  /** The status a kubelet before this one left behind. */
  previous?: ContainerStatus;
}

const PULL_MS = 300;
const PULL_SPREAD_MS = 500;
const INIT_MS = 500;
const COMPLETION_MS = 2_000;
const FAILURE_SHOWN_MS = 1_000;
const FIRST_UNHEALTHY_MS = 2_000;
const UNHEALTHY_EVERY_MS = 10_000;

/**
 * One container as its kubelet sees it: pulled, started, ready, restarted after a crash with a growing
 * pause. It moves only when told what time it is, so tests need no timers.
 */
export class SimulatedContainer {
  private activity: Activity = { doing: 'waiting' };
  private restarts = 0;
  private pullFailures = 0;
  private lastState: ContainerState = {};
  private ended?: ContainerState['terminated'];
  private nextUnhealthy = Infinity;
  private image: string;
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

  get kind(): 'init' | 'sidecar' | 'main' {
    return this.options.kind;
  }

  get isWaiting(): boolean {
    return this.activity.doing === 'waiting';
  }

  get isRunning(): boolean {
    return this.activity.doing === 'running';
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

  isReady(now: number): boolean {
    return this.kind === 'init'
      ? this.hasSucceeded
      : this.activity.doing === 'running' &&
          (this.activity.readyAt ?? Infinity) <= now;
  }

  /** Pulls and starts it, when its turn has come. */
  begin(now: number): PodEvent[] {
    return this.pull(now);
  }

  /** The image in the pod was changed: the container is replaced. */
  setImage(image: string, now: number): PodEvent[] {
    if (image === this.image) {
      return [];
    }
    const wasRunning = this.isRunning;
    if (wasRunning) {
      this.end(now, 0, 'Completed');
      this.restarts += 1;
    }
    this.image = image;
    if (this.isWaiting) {
      return [];
    }
    this.lastState = this.ended ? { terminated: this.ended } : {};
    this.pullFailures = 0;
    return [
      ...(wasRunning ? this.say(containerEvents.replaced(this.name)) : []),
      ...this.pull(now),
    ];
  }

  /** When something happens next by itself; undefined: never. */
  nextAt(now: number): number | undefined {
    const { activity } = this;
    if ('until' in activity) {
      return activity.until;
    }
    if (activity.doing !== 'running') {
      return undefined;
    }
    const { readyAt = Infinity, exitAt = Infinity } = activity;
    const next = Math.min(
      exitAt,
      this.nextUnhealthy,
      readyAt > now ? readyAt : Infinity,
    );
    return next === Infinity ? undefined : next;
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

  /** What is said when the pod is told to end. */
  stopping(): PodEvent[] {
    return this.isRunning ? this.say(containerEvents.stopping(this.name)) : [];
  }

  status(now: number): ContainerStatus {
    const { hasStarted } = this;
    return {
      name: this.name,
      image: hasStarted ? imageReference(this.image) : this.image,
      imageID: hasStarted ? imageId(this.image) : '',
      ...(hasStarted && { containerID: this.containerId() }),
      ready: this.isReady(now),
      started: this.isRunning,
      restartCount: this.restarts,
      state: containerState({
        activity: this.activity,
        image: this.image,
        name: this.name,
        pod: this.options.pod,
        waitingReason: this.options.waitingReason,
        restarts: this.restarts,
        pullFailures: this.pullFailures,
        ended: this.ended,
      }),
      lastState: this.lastState,
    };
  }

  /** One step that is due; undefined where none is. */
  private step(now: number): PodEvent[] | undefined {
    const { activity } = this;
    if (activity.doing === 'running') {
      if (activity.exitAt !== undefined && activity.exitAt <= now) {
        return this.exit(activity.exitAt);
      }
      if (this.nextUnhealthy <= now) {
        this.nextUnhealthy = now + this.delay(UNHEALTHY_EVERY_MS);
        return this.say(containerEvents.unhealthy());
      }
      return undefined;
    }
    if (!('until' in activity) || activity.until > now) {
      return undefined;
    }
    switch (activity.doing) {
      case 'pulling':
        return this.pulled(activity.until);
      case 'pull-failed':
        return this.restPull(activity.until);
      case 'pull-backoff':
        return this.pull(activity.until);
      case 'exited':
        return this.restart(activity.until);
      default:
        return this.runAgain(activity.until);
    }
  }

  private pull(at: number): PodEvent[] {
    if (imageBehaviour(this.image).pull === 'invalid-name') {
      this.activity = { doing: 'invalid-name' };
      return this.say(containerEvents.invalidName(this.image));
    }
    this.activity = { doing: 'pulling', until: at + this.delay(this.pullMs()) };
    return this.say(containerEvents.pulling(this.image));
  }

  private pulled(at: number): PodEvent[] {
    if (imageBehaviour(this.image).pull === 'not-found') {
      this.pullFailures += 1;
      this.activity = {
        doing: 'pull-failed',
        until: at + this.delay(FAILURE_SHOWN_MS),
      };
      return this.say(containerEvents.pullFailed(this.image));
    }
    return [
      ...this.say(containerEvents.pulled(this.image, this.pullMs())),
      ...this.run(at),
    ];
  }

  private restPull(at: number): PodEvent[] {
    const pause = backoffSeconds(this.pullFailures) * 1000;
    this.activity = { doing: 'pull-backoff', until: at + this.delay(pause) };
    return this.say(containerEvents.pullBackoff(this.image));
  }

  private run(at: number): PodEvent[] {
    const { readyAfterMs, exit } = imageBehaviour(this.image, this.jitter);
    const exitAfter = exit?.afterMs ?? this.completesAfter();
    this.activity = {
      doing: 'running',
      since: at,
      ...(readyAfterMs !== undefined && {
        readyAt: at + this.delay(readyAfterMs),
      }),
      ...(exitAfter !== undefined && { exitAt: at + this.delay(exitAfter) }),
    };
    this.nextUnhealthy =
      readyAfterMs === undefined && exitAfter === undefined
        ? at + this.delay(FIRST_UNHEALTHY_MS)
        : Infinity;
    return this.say(containerEvents.started());
  }

  /** Where the image would serve for ever, but the pod is meant to end. */
  private completesAfter(): number | undefined {
    if (this.kind === 'init') {
      return INIT_MS;
    }
    return this.kind === 'main' && this.options.podRestartPolicy !== 'Always'
      ? COMPLETION_MS
      : undefined;
  }

  private exit(at: number): PodEvent[] {
    const { exit } = imageBehaviour(this.image);
    this.end(at, exit?.exitCode ?? 0, exit?.reason ?? 'Completed');
    const { podRestartPolicy } = this.options;
    const runsAlways =
      this.kind === 'sidecar' ||
      (this.kind === 'main' && podRestartPolicy === 'Always');
    const isRestarted =
      runsAlways || (exit?.exitCode && podRestartPolicy !== 'Never');
    this.activity = isRestarted
      ? { doing: 'exited', until: at + this.delay(FAILURE_SHOWN_MS) }
      : { doing: 'finished' };
    return [];
  }

  private end(at: number, exitCode: number, reason: string): void {
    const since = this.activity.doing === 'running' ? this.activity.since : at;
    this.ended = {
      exitCode,
      reason,
      startedAt: timestamp(since),
      finishedAt: timestamp(at),
      containerID: this.containerId(),
    };
  }

  /** The first restart is immediate; every later one waits, twice as long each time. */
  private restart(at: number): PodEvent[] {
    this.lastState = { terminated: this.ended };
    if (this.restarts === 0) {
      return this.runAgain(at);
    }
    const pause = backoffSeconds(this.restarts) * 1000;
    this.activity = { doing: 'crash-backoff', until: at + this.delay(pause) };
    return this.say(containerEvents.crashBackoff(this.name, this.options.pod));
  }

  private runAgain(at: number): PodEvent[] {
    this.restarts += 1;
    return [...this.say(containerEvents.present(this.image)), ...this.run(at)];
  }

  private resume(previous: ContainerStatus): void {
    const { state = {}, lastState = {}, restartCount } = previous;
    this.restarts = restartCount;
    this.lastState = lastState;
    this.ended = state.terminated ?? lastState.terminated;
    if (state.running) {
      this.run(Date.parse(state.running.startedAt));
    } else if (state.terminated) {
      this.exit(Date.parse(state.terminated.finishedAt ?? '') || 0);
      this.ended = state.terminated;
    } else if (state.waiting?.reason === 'CrashLoopBackOff') {
      this.restart(Date.parse(lastState.terminated?.finishedAt ?? '') || 0);
    }
  }

  private delay(ms: number): number {
    return ms / this.options.speed;
  }

  private pullMs(): number {
    return Math.round(PULL_MS + PULL_SPREAD_MS * this.jitter);
  }

  private containerId(): string {
    const { uid } = this.options.pod;
    return `containerd://${sha256(`${uid}/${this.name}/${this.restarts}`)}`;
  }

  private say(events: Omit<PodEvent, 'fieldPath'>[]): PodEvent[] {
    const list = this.kind === 'main' ? 'containers' : 'initContainers';
    const fieldPath = `spec.${list}{${this.name}}`;
    return events.map(event => ({ ...event, fieldPath }));
  }
}
