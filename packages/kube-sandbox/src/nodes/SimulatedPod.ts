import { Condition, Container, Pod, PodStatus, timestamp } from '../client';
import { PodEvent } from './containerEvents';
import { PodEviction, evictionOf } from './eviction';
import { podConditions } from './podConditions';
import { podPhase } from './podPhase';
import { PodProblems } from './podReferences';
import { kindOf } from './restartPolicy';
import { SimulatedContainer } from './SimulatedContainer';

/** @public */
export interface SimulatedPodOptions {
  pod: Pod;
  hostIP: string;
  podIP: string;
  /** Images that the node has; new ones are added. */
  images: Set<string>;
  speed: number;
  /** ms since the epoch. */
  now: number;
}

/**
 * A pod as its kubelet drives it: init containers one after the other, sidecars beside them, then the
 * main containers; and back again when it ends. It moves only when told what time it is.
 */
export class SimulatedPod {
  private readonly init: SimulatedContainer[];
  private readonly main: SimulatedContainer[];
  private readonly startedAt: number;
  /** False until the first status is out: the kubelet reports before it starts anything. */
  private hasNetwork: boolean;
  /** Since when and with how much time it ends. */
  private ending?: { since: number; graceMs: number };
  private eviction?: PodEviction;
  /** Volumes that cannot be mounted keep its containers from starting. */
  private isMounted = true;
  private transitions: Condition[];

  constructor(private readonly options: SimulatedPodOptions) {
    const { pod, podIP, images, speed, now } = options;
    const { spec, status, metadata } = pod;
    const hasInit = (spec.initContainers ?? []).length > 0;
    const simulate = (
      container: Container,
      list: 'initContainers' | 'containers',
    ) =>
      new SimulatedContainer({
        container,
        kind: kindOf(container, list),
        podRestartPolicy: spec.restartPolicy ?? 'Always',
        waitingReason: hasInit ? 'PodInitializing' : 'ContainerCreating',
        pod: {
          name: metadata.name ?? '',
          namespace: metadata.namespace ?? '',
          uid: metadata.uid ?? '',
        },
        podIP,
        images,
        speed,
        previous: [
          ...(status?.initContainerStatuses ?? []),
          ...(status?.containerStatuses ?? []),
        ].find(({ name }) => name === container.name),
      });
    this.init = (spec.initContainers ?? []).map(container =>
      simulate(container, 'initContainers'),
    );
    this.main = spec.containers.map(container =>
      simulate(container, 'containers'),
    );
    this.startedAt = Date.parse(status?.startTime ?? '') || now;
    this.hasNetwork = Boolean(status?.podIP);
    this.transitions = status?.conditions ?? [];
  }

  /** The pod was changed: an image, or its deletion. */
  update(pod: Pod, now: number): PodEvent[] {
    this.options.pod = pod;
    const images = new Map(
      [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(
        ({ name, image }) => [name, image],
      ),
    );
    const events = this.containers().flatMap(container =>
      container.setImage(images.get(container.name) ?? '', now),
    );
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (deletionTimestamp) {
      const graceMs = deletionGracePeriodSeconds * 1000;
      if (!this.ending || graceMs < this.ending.graceMs) {
        events.push(...this.endWithin(graceMs, now));
      }
    }
    return events;
  }

  /** Says what of its configuration and its volumes is not there. */
  setProblems(problems: PodProblems, now: number): PodEvent[] {
    this.isMounted = problems.volumes.length === 0;
    return [
      ...problems.volumes.map(
        ({ volume, message }): PodEvent => ({
          type: 'Warning',
          reason: 'FailedMount',
          message: `MountVolume.SetUp failed for volume "${volume}" : ${message}`,
        }),
      ),
      ...this.containers().flatMap(container =>
        container.setProblem(problems.containers.get(container.name), now),
      ),
    ];
  }

  /** It is deleted and nothing of it runs any more: it may be removed from the server. */
  hasEnded(): boolean {
    return (
      this.options.pod.metadata.deletionTimestamp !== undefined &&
      !this.containers().some(({ isRunning }) => isRunning)
    );
  }

  /** When something happens next by itself; undefined: never. */
  nextAt(now: number): number | undefined {
    const moments = [
      this.ending ? undefined : this.nextEviction(now)?.at,
      ...this.containers().map(container => container.nextAt(now)),
    ].filter(moment => moment !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** Lets happen what is due by now. */
  advance(now: number): PodEvent[] {
    const events = this.containers().flatMap(container =>
      container.advance(now),
    );
    const eviction = this.ending ? undefined : this.nextEviction(now);
    if (eviction && eviction.at <= now) {
      this.eviction = eviction;
      events.push(eviction.event, ...this.endWithin(0, now));
    }
    if (this.ending || this.isDone()) {
      this.stopInOrder(now, events);
      return events;
    }
    if (this.isMounted) {
      for (const container of this.startable(now)) {
        this.hasNetwork = true;
        events.push(...container.begin(now));
      }
    }
    return events;
  }

  status(now: number): PodStatus {
    const { pod, hostIP, podIP } = this.options;
    const phase = podPhase({
      init: this.init,
      main: this.main,
      isEnding: this.ending !== undefined,
      isEvicted: this.eviction !== undefined,
      wasInitialized: this.main.some(container => container.hasStarted),
      now,
    });
    return {
      phase,
      ...(phase === 'Failed' && this.eviction?.status),
      observedGeneration: pod.metadata.generation,
      startTime: timestamp(this.startedAt),
      hostIP,
      hostIPs: [{ ip: hostIP }],
      ...(this.hasNetwork && { podIP, podIPs: [{ ip: podIP }] }),
      conditions: this.conditions(phase, now),
      ...(this.init.length > 0 && {
        initContainerStatuses: this.init.map(container =>
          container.status(now),
        ),
      }),
      containerStatuses: this.main.map(container => container.status(now)),
    };
  }

  private containers(): SimulatedContainer[] {
    return [...this.init, ...this.main];
  }

  /** No main container will run again, so sidecars have nothing to do. */
  private isDone(): boolean {
    const failedInit = this.init.some(
      container =>
        container.kind === 'init' &&
        container.isFinished &&
        !container.hasSucceeded,
    );
    return failedInit || this.main.every(({ isFinished }) => isFinished);
  }

  private nextEviction(now: number): PodEviction | undefined {
    const { pod, speed } = this.options;
    return this.isDone()
      ? undefined
      : evictionOf({
          pod,
          startedAt: this.startedAt,
          hasStarted: this.main.some(({ hasStarted }) => hasStarted),
          speed,
          now,
        });
  }

  private endWithin(graceMs: number, now: number): PodEvent[] {
    const isFirst = !this.ending;
    this.ending = { since: now, graceMs };
    const events = isFirst
      ? this.containers().flatMap(container => container.stopping())
      : [];
    this.containers()
      .filter(({ kind, isRunning }) => kind !== 'sidecar' || !isRunning)
      .forEach(container => container.stop(now, graceMs));
    return events;
  }

  /** Sidecars end after the main containers, the last one first. */
  private stopInOrder(now: number, events: PodEvent[]): void {
    const running = this.containers().filter(({ isRunning }) => isRunning);
    const last = running.at(-1);
    if (last?.kind !== 'sidecar' || last.isStopping) {
      return;
    }
    const { terminationGracePeriodSeconds = 30 } = this.options.pod.spec;
    const { ending } = this;
    if (!ending) {
      events.push(...last.stopping());
    }
    const { since, graceMs } = ending ?? {
      since: now,
      graceMs: terminationGracePeriodSeconds * 1000,
    };
    const passed = (now - since) * this.options.speed;
    last.stop(now, Math.max(0, graceMs - passed));
  }

  /** Containers whose turn it is: an init container waits for all before it. */
  private startable(now: number): SimulatedContainer[] {
    for (const container of this.init) {
      if (container.isWaiting) {
        return [container];
      }
      const isThrough =
        container.kind === 'sidecar'
          ? container.isStarted(now) || this.main[0].hasStarted
          : container.hasSucceeded;
      if (!isThrough) {
        return [];
      }
    }
    return this.main.filter(({ isWaiting }) => isWaiting);
  }

  private conditions(phase: string, now: number): Condition[] {
    const { pod } = this.options;
    const verdicts = podConditions({
      pod,
      phase,
      hasNetwork: this.hasNetwork,
      init: this.init,
      main: this.main,
      now,
    });
    const wanted = {
      ...(phase === 'Failed' && this.eviction?.condition),
      ...verdicts,
    };
    this.transitions = Object.entries(wanted).map(([type, verdict]) => {
      const before = this.transitions.find(
        condition => condition.type === type,
      );
      return {
        type,
        ...verdict,
        lastProbeTime: null,
        lastTransitionTime:
          before?.status === verdict.status
            ? before.lastTransitionTime
            : timestamp(now),
        observedGeneration: pod.metadata.generation,
      };
    });
    // Conditions of others, such as readiness gates, stay.
    const others = (pod.status?.conditions ?? []).filter(
      ({ type }) => !(type in wanted),
    );
    return [...this.transitions, ...others];
  }
}
