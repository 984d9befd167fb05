import { isDeepStrictEqual } from 'util';
import {
  ApiClient,
  Deployment,
  DeploymentStatus,
  EventRecorder,
  Pod,
  ReplicaSet,
  resources,
  timestamp,
} from '../../client';
import { controllerOf } from '../ownership';
import { isFinished } from '../pods';
import { DESIRED_REPLICAS_ANNOTATION } from './annotations';
import { cleanUpHistory } from './cleanUpHistory';
import { conditionOf, withCondition } from './conditions';
import { currentReplicaSet } from './currentReplicaSet';
import {
  StatusInput,
  countedStatus,
  hasProgressDeadline,
  isComplete,
  progressCheckIn,
  rolloutStatus,
} from './deploymentStatus';
import { findNewReplicaSet } from './podTemplate';
import {
  isRollingUpdate,
  newReplicaSetSize,
  planProportionalScale,
  planScaleDown,
  replicasOf,
  specReplicas,
} from './replicas';
import { resizeReplicaSet } from './resizeReplicaSet';

/** What one pass over a Deployment works on and with. */
export interface DeploymentSyncOptions {
  client: ApiClient;
  recorder: EventRecorder;
  deployment: Deployment;
  /** The ReplicaSets it controls, oldest first. */
  replicaSets: ReplicaSet[];
  /** Pods of its namespace. */
  pods: Pod[];
  now: () => number;
  speed: number;
}

const HAS_PODS = (replicaSet: ReplicaSet) => replicasOf(replicaSet) > 0;

/**
 * One pass over a Deployment, following the real controller step by step: pause, scale, or roll out, then
 * the status. Every pass does at most one thing; what it changes comes back as the next pass.
 */
export class DeploymentSync {
  private deployment: Deployment;
  private newReplicaSet: ReplicaSet | undefined;
  private old: ReplicaSet[];

  private constructor(private readonly options: DeploymentSyncOptions) {
    this.deployment = options.deployment;
    this.newReplicaSet = findNewReplicaSet(
      options.deployment.spec.template,
      options.replicaSets,
    );
    this.old = options.replicaSets.filter(
      replicaSet => replicaSet !== this.newReplicaSet,
    );
  }

  /** Milliseconds until the Deployment has to be looked at again though nothing changed. */
  static async run(
    options: DeploymentSyncOptions,
  ): Promise<number | undefined> {
    return new DeploymentSync(options).run();
  }

  private async run(): Promise<number | undefined> {
    if (this.deployment.metadata.deletionTimestamp) {
      return this.writeStatus(countedStatus(this.statusInput()));
    }
    await this.notePaused();
    if (this.deployment.spec.paused) {
      await this.syncCurrent(false);
      await this.scale();
      await this.cleanUp();
      return this.writeStatus(countedStatus(this.statusInput()));
    }
    await this.syncCurrent(false);
    if (this.wasScaled()) {
      await this.scale();
      return this.writeStatus(countedStatus(this.statusInput()));
    }
    const isWaiting = isRollingUpdate(this.deployment)
      ? await this.rollOut()
      : await this.recreate();
    if (!isWaiting && isComplete(this.deployment, this.deployment.status)) {
      await this.cleanUp();
    }
    const input = this.statusInput();
    const status = rolloutStatus(input);
    await this.writeStatus(status);
    return progressCheckIn(input, status);
  }

  private statusInput(): StatusInput {
    return {
      deployment: this.deployment,
      newReplicaSet: this.newReplicaSet,
      old: this.old,
      now: this.options.now(),
      speed: this.options.speed,
    };
  }

  /** While paused, no lack of progress may be counted. */
  private async notePaused(): Promise<void> {
    const { spec, status } = this.deployment;
    const current = conditionOf(status, 'Progressing');
    const isNoted = current?.reason === 'DeploymentPaused';
    if (
      !hasProgressDeadline(this.deployment) ||
      current?.reason === 'ProgressDeadlineExceeded' ||
      Boolean(spec.paused) === isNoted
    ) {
      return;
    }
    await this.setProgressing({
      status: 'Unknown',
      ...(spec.paused
        ? { reason: 'DeploymentPaused', message: 'Deployment is paused' }
        : { reason: 'DeploymentResumed', message: 'Deployment is resumed' }),
    });
  }

  private async setProgressing(condition: {
    status: 'True' | 'False' | 'Unknown';
    reason: string;
    message: string;
  }): Promise<void> {
    const { status } = this.deployment;
    await this.writeStatus({
      ...status,
      conditions: withCondition(
        status?.conditions ?? [],
        { type: 'Progressing', ...condition },
        timestamp(this.options.now()),
      ),
    });
  }

  /** Finds, updates or creates the ReplicaSet of the current template. */
  private async syncCurrent(create: boolean): Promise<void> {
    const result = await currentReplicaSet({
      client: this.options.client,
      recorder: this.options.recorder,
      deployment: this.deployment,
      existing: this.newReplicaSet,
      old: this.old,
      create,
    });
    this.newReplicaSet = result.replicaSet;
    this.deployment = result.deployment;
    if (result.progressing && hasProgressDeadline(this.deployment)) {
      await this.setProgressing(result.progressing);
    }
    if (result.error) {
      throw result.error;
    }
  }

  private wasScaled(): boolean {
    const desired = String(replicasOf(this.deployment));
    return this.all().some(replicaSet => {
      const noted =
        replicaSet.metadata.annotations?.[DESIRED_REPLICAS_ANNOTATION];
      return HAS_PODS(replicaSet) && noted !== undefined && noted !== desired;
    });
  }

  private async scale(): Promise<void> {
    const desired = replicasOf(this.deployment);
    const active = this.all().filter(HAS_PODS);
    if (active.length <= 1) {
      const target = active[0] ?? this.newReplicaSet ?? this.old.at(-1);
      if (target) {
        await this.resize(target, desired);
      }
      return;
    }
    if (this.isSaturated()) {
      for (const replicaSet of this.old.filter(HAS_PODS)) {
        await this.resize(replicaSet, 0);
      }
      return;
    }
    if (isRollingUpdate(this.deployment)) {
      const { deployment } = this;
      for (const resize of planProportionalScale({ deployment, active })) {
        await this.resize(resize.replicaSet, resize.replicas, true);
      }
    }
  }

  private isSaturated(): boolean {
    const desired = replicasOf(this.deployment);
    return (
      this.newReplicaSet !== undefined &&
      replicasOf(this.newReplicaSet) === desired &&
      this.newReplicaSet.metadata.annotations?.[DESIRED_REPLICAS_ANNOTATION] ===
        String(desired) &&
      this.newReplicaSet.status?.availableReplicas === desired
    );
  }

  /** True while the pass changed a size, so that nothing else is to be done. */
  private async rollOut(): Promise<boolean> {
    await this.syncCurrent(true);
    const current = this.newReplicaSet!;
    const desired = replicasOf(this.deployment);
    const size =
      replicasOf(current) > desired
        ? desired
        : newReplicaSetSize({
            deployment: this.deployment,
            current: replicasOf(current),
            total: specReplicas(this.all()),
          });
    if (await this.resize(current, size)) {
      return true;
    }
    const resizes = planScaleDown({
      deployment: this.deployment,
      newReplicaSet: current,
      old: this.old.filter(HAS_PODS),
    });
    for (const { replicaSet, replicas } of resizes) {
      await this.resize(replicaSet, replicas);
    }
    return resizes.length > 0;
  }

  /** All old pods go before the first new one comes. */
  private async recreate(): Promise<boolean> {
    const active = this.old.filter(HAS_PODS);
    for (const replicaSet of active) {
      await this.resize(replicaSet, 0);
    }
    if (active.length > 0 || this.hasOldPods()) {
      return true;
    }
    await this.syncCurrent(true);
    await this.resize(this.newReplicaSet!, replicasOf(this.deployment));
    return false;
  }

  private hasOldPods(): boolean {
    const uids = new Set(this.old.map(({ metadata }) => metadata.uid));
    return (
      this.old.some(({ status }) => (status?.replicas ?? 0) > 0) ||
      this.options.pods.some(
        pod => uids.has(controllerOf(pod)?.uid) && !isFinished(pod),
      )
    );
  }

  private cleanUp(): Promise<void> {
    const { deployment, old, options } = this;
    return cleanUpHistory({ client: options.client, deployment, old });
  }

  /** Oldest first, the current one last. */
  private all(): ReplicaSet[] {
    return this.newReplicaSet ? [...this.old, this.newReplicaSet] : this.old;
  }

  /** Whether the size changed. */
  private async resize(
    replicaSet: ReplicaSet,
    replicas: number,
    noteSize = false,
  ): Promise<boolean> {
    const { client, recorder } = this.options;
    const { deployment } = this;
    const resized = await resizeReplicaSet({
      client,
      recorder,
      deployment,
      replicaSet,
      replicas,
      noteSize,
    });
    if (this.newReplicaSet === replicaSet) {
      this.newReplicaSet = resized;
    }
    this.old = this.old.map(other => (other === replicaSet ? resized : other));
    return replicasOf(resized) !== replicasOf(replicaSet);
  }

  private async writeStatus(status: DeploymentStatus): Promise<undefined> {
    if (!isDeepStrictEqual(status, this.deployment.status)) {
      this.deployment = await this.options.client.updateStatus(
        resources.deployments,
        { ...this.deployment, status },
      );
    }
    return undefined;
  }
}
