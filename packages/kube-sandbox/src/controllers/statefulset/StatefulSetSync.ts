import { isDeepStrictEqual } from 'util';
import {
  ApiClient,
  ControllerRevision,
  Pod,
  resources,
  StatefulSet,
  StatefulSetStatus,
} from '../../client';
import { scaled } from '../deployment/replicas';
import { templateOf } from '../history/revisionData';
import { availableIn, isFinished } from '../pods';
import { inSlowStartBatches } from '../slowStart';
import { isWanted, ordinalOf, replicaCount, startOrdinal } from './identity';
import { hasIdentity } from './identity';
import { hasClaims } from './claims';
import { cleanUpRevisions, SetRevisions, setRevisions } from './setRevisions';
import { missingPod, podRevision, RevisedSet } from './statefulPod';
import { StatefulPodControl } from './StatefulPodControl';
import {
  Counters,
  countPods,
  isCreated,
  isRunningAndReady,
  statefulSetStatus,
} from './statefulSetStatus';

/** What one pass over a StatefulSet works on and with. */
export interface StatefulSetSyncOptions {
  client: ApiClient;
  control: StatefulPodControl;
  set: StatefulSet;
  /** Its pods. */
  pods: Pod[];
  /** Its ControllerRevisions. */
  revisions: ControllerRevision[];
  /** ms since the epoch. */
  now: number;
  speed: number;
}

/** Whether a step was the last one of this pass. */
type IsEnd = boolean;

/**
 * One pass over a StatefulSet, following the real controller step by step: missing pods, pods too many,
 * then the update. Unless pods are managed in parallel, a pass does at most one thing and goes no further
 * than the first pod that is not ready.
 */
export class StatefulSetSync {
  private readonly set: StatefulSet;
  private readonly isOrdered: boolean;
  private readonly minReadyMs: number;
  private readonly update: RevisedSet;
  /** By ordinal; what is missing is there as the pod to create. */
  private readonly replicas: Pod[];
  /** Highest ordinal first. */
  private readonly condemned: Pod[];
  private readonly firstUnavailable: Pod | undefined;
  private counters: Counters;

  private constructor(
    private readonly options: StatefulSetSyncOptions,
    private readonly revisions: SetRevisions,
  ) {
    const { set, pods, speed } = options;
    const revised = (revision: ControllerRevision): RevisedSet => ({
      set: {
        ...set,
        spec: { ...set.spec, template: templateOf(revision.data) },
      },
      revision: revision.metadata.name ?? '',
    });
    const current = revised(revisions.current);
    this.set = set;
    this.isOrdered = set.spec.podManagementPolicy !== 'Parallel';
    this.minReadyMs = ((set.spec.minReadySeconds ?? 0) * 1000) / speed;
    this.update = revised(revisions.update);
    const byOrdinal = new Map(pods.map(pod => [ordinalOf(pod), pod]));
    this.replicas = Array.from({ length: replicaCount(set) }, (_, index) => {
      const ordinal = startOrdinal(set) + index;
      return (
        byOrdinal.get(ordinal) ??
        missingPod({ current, update: this.update, ordinal })
      );
    });
    this.condemned = pods
      .filter(pod => !isWanted(set, ordinalOf(pod)))
      .sort((a, b) => ordinalOf(b) - ordinalOf(a));
    this.firstUnavailable = [
      ...this.replicas,
      ...[...this.condemned].reverse(),
    ].find(pod => this.isUnavailable(pod));
    this.counters = this.count();
  }

  /** Milliseconds until the StatefulSet has to be looked at again though nothing changed. */
  static async run(
    options: StatefulSetSyncOptions,
  ): Promise<number | undefined> {
    const { client, set, pods, revisions } = options;
    const live = await setRevisions({ client, set, revisions });
    const pass = new StatefulSetSync(options, live);
    let failure: { error: unknown } | undefined;
    if (!set.metadata.deletionTimestamp) {
      try {
        await pass.bringCloser();
      } catch (error) {
        failure = { error };
      }
    }
    await pass.writeStatus();
    await cleanUpRevisions({ client, set, pods, revisions, live });
    if (failure) {
      throw failure.error;
    }
    return pass.recheckIn();
  }

  private async bringCloser(): Promise<void> {
    const { control } = this.options;
    const isEnd =
      (await this.forAll(this.replicas, pod => this.keepReplica(pod))) ||
      (await this.forAll(this.condemned, async pod => {
        if (!control.matchesRetention(this.update.set, pod)) {
          await control.applyRetention(this.update.set, pod);
        }
        return false;
      })) ||
      (await this.forAll(this.condemned, pod => this.removeCondemned(pod)));
    if (!isEnd && this.set.spec.updateStrategy?.type !== 'OnDelete') {
      await this.rollOut();
    }
  }

  /** One after the other until the end of the pass; or, in parallel, all of them. */
  private async forAll(
    pods: Pod[],
    step: (pod: Pod) => Promise<IsEnd>,
  ): Promise<IsEnd> {
    if (this.isOrdered) {
      for (const pod of pods) {
        if (await step(pod)) {
          return true;
        }
      }
      return false;
    }
    let next = 0;
    const { error } = await inSlowStartBatches(pods.length, async () => {
      next += 1;
      await step(pods[next - 1]);
    });
    if (error) {
      throw error;
    }
    return false;
  }

  /** Creates a pod where it is missing, replaces it where it ended, waits until it is available. */
  private async keepReplica(pod: Pod): Promise<IsEnd> {
    const { control, now } = this.options;
    if (isFinished(pod)) {
      if (!pod.metadata.deletionTimestamp) {
        await control.deletePod(this.set, pod);
      }
      return true;
    }
    if (!isCreated(pod)) {
      if (control.hasStaleClaim(this.set, pod)) {
        return true;
      }
      await control.createPod(this.set, pod);
      if (this.isOrdered) {
        return true;
      }
    }
    if (pod.status?.phase === 'Pending') {
      await control.createMissingClaims(this.set, pod);
    }
    if (
      this.isOrdered &&
      (pod.metadata.deletionTimestamp ||
        !isRunningAndReady(pod) ||
        availableIn(pod, this.minReadyMs, now) !== 0)
    ) {
      return true;
    }
    if (
      isCreated(pod) &&
      !(
        hasIdentity(this.set, pod) &&
        hasClaims(this.set, pod) &&
        control.matchesRetention(this.update.set, pod)
      )
    ) {
      await control.repairPod(this.update.set, pod);
    }
    return false;
  }

  /** In order the last pod goes first, and none while another one is not well. */
  private async removeCondemned(pod: Pod): Promise<IsEnd> {
    const { control, now } = this.options;
    if (pod.metadata.deletionTimestamp) {
      return true;
    }
    const isWell =
      isRunningAndReady(pod) && availableIn(pod, this.minReadyMs, now) === 0;
    if (this.isOrdered && !isWell && pod !== this.firstUnavailable) {
      return true;
    }
    await control.deletePod(this.set, pod);
    return true;
  }

  /**
   * Deletes pods of old revisions, the last first, as many as may be unavailable at once. A pod that does
   * not get ready stops the update: nobody but the user can tell whether another revision would.
   */
  private async rollOut(): Promise<void> {
    const { control } = this.options;
    const { rollingUpdate } = this.set.spec.updateStrategy ?? {};
    const maxUnavailable = Math.max(
      1,
      scaled(
        rollingUpdate?.maxUnavailable ?? 1,
        replicaCount(this.set),
        Math.floor,
      ),
    );
    const unavailable = this.replicas.filter(pod => this.isUnavailable(pod));
    const outdated = this.replicas
      .slice(rollingUpdate?.partition ?? 0)
      .filter(
        pod =>
          podRevision(pod) !== this.update.revision &&
          !pod.metadata.deletionTimestamp,
      )
      .reverse();
    const allowed = Math.max(0, maxUnavailable - unavailable.length);
    for (const pod of outdated.slice(0, allowed)) {
      await control.deletePod(this.set, pod);
      this.counters.currentReplicas -= 1;
    }
  }

  private isUnavailable(pod: Pod): boolean {
    return (
      availableIn(pod, this.minReadyMs, this.options.now) !== 0 ||
      pod.metadata.deletionTimestamp !== undefined
    );
  }

  private count(): Counters {
    const { current, update } = this.revisions;
    return countPods({
      pods: this.options.pods,
      minReadyMs: this.minReadyMs,
      now: this.options.now,
      currentRevision: current.metadata.name ?? '',
      updateRevision: update.metadata.name ?? '',
    });
  }

  private async writeStatus(): Promise<void> {
    const { current, update, collisionCount } = this.revisions;
    const status = statefulSetStatus({
      set: this.set,
      counters: this.counters,
      currentRevision: current.metadata.name ?? '',
      updateRevision: update.metadata.name ?? '',
      collisionCount,
    });
    if (
      !isDeepStrictEqual(
        withoutCollisions(status),
        withoutCollisions(this.set.status),
      )
    ) {
      await this.options.client.updateStatus(resources.statefulSets, {
        ...this.set,
        status,
      });
    }
  }

  private recheckIn(): number | undefined {
    const waits = this.options.pods
      .map(pod => availableIn(pod, this.minReadyMs, this.options.now) ?? 0)
      .filter(wait => wait > 0);
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }
}

/** A collision alone is no reason to write a status. */
function withoutCollisions(status: StatefulSetStatus | undefined) {
  const { collisionCount, ...rest } = status ?? {};
  return rest;
}
