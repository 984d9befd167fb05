import { Container, ContainerStatus } from '../client';
import { backoffSeconds } from './backoff';
import {
  ContainerEvent,
  PodEvent,
  PodIdentity,
  containerEvents,
} from './containerEvents';
import { ContainerHistory } from './ContainerHistory';
import { planRun } from './containerRun';
import { Activity, containerState } from './containerState';
import { containerStatus } from './containerStatus';
import { imageBehaviour } from './imageBehaviour';
import { ImagePull } from './ImagePull';
import { fraction } from './imageReference';
import { ContainerKind, isRestarted } from './restartPolicy';
import { RunningContainer, RunStep } from './RunningContainer';

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

/**
 * One container as its kubelet sees it: pulled, started, ready, stopped, restarted after a crash with a
 * growing pause. It moves only when told what time it is, so tests need no timers.
 */
export class SimulatedContainer {
  private activity: Activity = { doing: 'waiting' };
  private image: string;
  /** Why it cannot be configured; undefined: it can. */
  private problem?: string;
  private readonly history: ContainerHistory;
  private readonly jitter: number;

  constructor(private readonly options: SimulatedContainerOptions) {
    const identity = `${options.pod.uid}/${this.name}`;
    this.image = options.container.image;
    this.jitter = fraction(identity);
    this.history = new ContainerHistory(identity, options.previous);
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
    return this.running !== undefined;
  }

  get isStopping(): boolean {
    return this.running?.isStopping ?? false;
  }

  /** It ended and will not be started again. */
  get isFinished(): boolean {
    return this.activity.doing === 'finished';
  }

  get hasSucceeded(): boolean {
    return this.isFinished && this.history.ended?.exitCode === 0;
  }

  /** It runs, or did. */
  get hasStarted(): boolean {
    return this.isRunning || this.history.ended !== undefined;
  }

  /** It runs, and its startup probe, if it has one, has succeeded. */
  isStarted(now: number): boolean {
    return this.running?.isStarted(now) ?? false;
  }

  isReady(now: number): boolean {
    return this.kind === 'init'
      ? this.hasSucceeded
      : this.running?.isReady(now) ?? false;
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
      this.end({ at: now, exitCode: 0, reason: 'Completed' });
      this.history.restarts += 1;
    }
    this.image = image;
    if (this.isWaiting) {
      return [];
    }
    this.history.shelve();
    return [
      ...(wasRunning ? this.say(containerEvents.replaced(this.name)) : []),
      ...this.pull(now),
    ];
  }

  /** Ends it within the grace period; it will not be started again. */
  stop(now: number, graceMs: number): void {
    if (this.running) {
      const { ignoresStop = false } = imageBehaviour(this.image);
      this.running.stop(now, { graceMs, ignoresStop });
    } else {
      this.activity = { doing: 'finished' };
    }
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
      case 'running':
        return activity.running.nextAt(now);
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
    const { containerId, restarts, failures, ended, lastState } = this.history;
    return containerStatus({
      container,
      image: this.image,
      hasStarted: this.hasStarted,
      containerID: containerId,
      ready: this.isReady(now),
      started: this.isStarted(now),
      restartCount: restarts,
      state: containerState({
        activity: this.activity,
        name: this.name,
        pod,
        waitingReason,
        failures,
        ended,
      }),
      lastState,
    });
  }

  private get running(): RunningContainer | undefined {
    return this.activity.doing === 'running'
      ? this.activity.running
      : undefined;
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
        return this.finishStep(activity.running.step(now));
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

  private finishStep(step: RunStep | undefined): PodEvent[] | undefined {
    if (step?.end) {
      this.end(step.end);
      this.settle(step.end);
    }
    return step && this.say(step.events);
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
    const { container, kind, podRestartPolicy, podIP, speed } = this.options;
    const { image, jitter, problem } = this;
    if (problem) {
      this.activity = { doing: 'misconfigured', message: problem };
      return this.say(containerEvents.badConfig(problem));
    }
    const run = planRun({
      container,
      image,
      kind,
      podRestartPolicy,
      jitter,
      at,
      speed,
    });
    this.activity = {
      doing: 'running',
      running: new RunningContainer({ container, run, podIP, speed }),
    };
    return this.say(containerEvents.started());
  }

  private end(how: { at: number; exitCode: number; reason: string }): void {
    const since = this.running?.since ?? how.at;
    const lasted = (how.at - since) * this.options.speed;
    this.history.end({ ...how, since, lasted });
  }

  /** Whether what has ended is started again. */
  private settle(end: {
    at: number;
    exitCode: number;
    isFinal: boolean;
  }): void {
    const { container, kind, podRestartPolicy } = this.options;
    const { at, exitCode, isFinal } = end;
    this.activity =
      !isFinal && isRestarted({ container, kind, podRestartPolicy, exitCode })
        ? { doing: 'exited', until: at + this.delay(FAILURE_SHOWN_MS) }
        : { doing: 'finished' };
  }

  /** The first restart is immediate; every later one waits, twice as long each time. */
  private restart(at: number): PodEvent[] {
    this.history.shelve();
    const { failures } = this.history;
    if (failures === 0) {
      return this.runAgain(at);
    }
    const pause = backoffSeconds(failures) * 1000;
    this.activity = { doing: 'crash-backoff', until: at + this.delay(pause) };
    return this.say(containerEvents.crashBackoff(this.name, this.options.pod));
  }

  private runAgain(at: number): PodEvent[] {
    this.history.restarted();
    return [...this.say(containerEvents.present(this.image)), ...this.run(at)];
  }

  /** Goes on where a kubelet before this one stopped. */
  private resume({ state = {}, lastState = {} }: ContainerStatus): void {
    if (state.running) {
      this.run(Date.parse(state.running.startedAt));
    } else if (state.terminated) {
      const { exitCode, finishedAt = '' } = state.terminated;
      const at = Date.parse(finishedAt) || 0;
      this.settle({ at, exitCode, isFinal: false });
    } else if (state.waiting?.reason === 'CrashLoopBackOff') {
      this.restart(Date.parse(lastState.terminated?.finishedAt ?? '') || 0);
    }
  }

  private delay(ms: number): number {
    return ms / this.options.speed;
  }

  private say(events: ContainerEvent[]): PodEvent[] {
    const list = this.kind === 'main' ? 'containers' : 'initContainers';
    const fieldPath = `spec.${list}{${this.name}}`;
    return events.map(event => ({ ...event, fieldPath }));
  }
}
