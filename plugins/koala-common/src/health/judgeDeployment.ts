import { AutoscalerObject } from '../objects/AutoscalerObject';
import { Condition } from '../objects/Condition';
import { DeploymentObject } from '../objects/DeploymentObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { newestReplicaSet } from '../release/newestReplicaSet';
import { Verdict } from '../status/Verdict';
import { Finding, Inspection, inspectionOf, verdictOf } from './Finding';
import { DEFAULT_DEADLINE_MS, DEFAULT_GRACE_MS, latest } from './lasting';
import { createFailure, workloadFinding } from './workloadFinding';
import { zeroFinding } from './zeroFinding';

/** @public */
export interface JudgeDeploymentOptions {
  deployment: DeploymentObject;
  /** Its ReplicaSets, where they are known: they tell when a rollout began. */
  replicaSets?: Iterable<ReplicaSetObject>;
  /** The one that scales it. */
  autoscaler?: AutoscalerObject;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long pods may fail to be created before it is degraded; 30 s unless told. */
  graceMs?: number;
}

function conditionOf(
  deployment: DeploymentObject,
  type: string,
): Condition | undefined {
  return deployment.conditions.find(condition => condition.type === type);
}

/**
 * How long the Deployment gives its pods to be ready, in milliseconds; 10 min where it does not say.
 *
 * @public
 */
export function progressDeadlineOf(deployment: DeploymentObject): number {
  const { progressDeadlineSeconds } = deployment;
  return progressDeadlineSeconds === undefined
    ? DEFAULT_DEADLINE_MS
    : progressDeadlineSeconds * 1000;
}

/**
 * Since when a Deployment is on its way. A rollout begins with its ReplicaSet. A rollback takes up an
 * old one, and a pod that is lost is no rollout: then it is when the Deployment stopped being available,
 * else its last progress.
 */
function progressingSince(
  deployment: DeploymentObject,
  newest: ReplicaSetObject | undefined,
): number | undefined {
  const progress = conditionOf(deployment, 'Progressing');
  const available = conditionOf(deployment, 'Available');
  const began = newest?.meta.createdAt || undefined;
  const moved = progress?.updatedAt ?? progress?.transitionedAt;
  const rollingOut =
    began !== undefined &&
    progress?.reason !== 'NewReplicaSetAvailable' &&
    (moved === undefined || moved - began <= progressDeadlineOf(deployment));
  if (rollingOut) {
    return began;
  }
  return available?.status === 'False'
    ? available.transitionedAt ?? moved
    : moved;
}

/** Its counts, in the order in which `kubectl rollout status` looks at them. */
function countFindings(
  deployment: DeploymentObject,
  since: number | undefined,
): Finding[] {
  const finding = workloadFinding(deployment);
  const { replicas, currentReplicas, updatedReplicas, availableReplicas } =
    deployment;
  if (updatedReplicas < replicas) {
    return [
      finding({
        code: 'UpdatingReplicas',
        message: `${updatedReplicas} of ${replicas} pods updated`,
        since,
      }),
    ];
  }
  if (currentReplicas > updatedReplicas) {
    const old = currentReplicas - updatedReplicas;
    return [
      finding({
        code: 'OldReplicasTerminating',
        message: `${old} old ${old === 1 ? 'pod' : 'pods'} still to be stopped`,
        since,
      }),
    ];
  }
  if (availableReplicas < updatedReplicas) {
    return [
      finding({
        code: 'WaitingForAvailability',
        message: `${availableReplicas} of ${updatedReplicas} pods available`,
        since,
      }),
    ];
  }
  return [];
}

function rolloutFindings(
  deployment: DeploymentObject,
  options: { since: number | undefined; now: number; graceMs: number },
): Finding[] {
  const { since, now, graceMs } = options;
  const finding = workloadFinding(deployment);
  const progress = conditionOf(deployment, 'Progressing');
  const failure = conditionOf(deployment, 'ReplicaFailure');
  const findings: Finding[] = [];
  if (failure?.status === 'True') {
    findings.push(createFailure({ finding, condition: failure, now, graceMs }));
  }
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    const { replicas, updatedReplicas, availableReplicas } = deployment;
    const seconds = Math.round(progressDeadlineOf(deployment) / 1000);
    findings.push(
      finding({
        code: 'ProgressDeadlineExceeded',
        message: `no progress for more than ${seconds} s: ${updatedReplicas} of ${replicas} pods updated, ${availableReplicas} available`,
        status: 'degraded',
        since: progress.transitionedAt ?? progress.updatedAt,
      }),
    );
    return findings;
  }
  return [...findings, ...countFindings(deployment, since)];
}

/** What is found about a Deployment, its pods left aside. */
export function inspectDeployment(options: JudgeDeploymentOptions): Inspection {
  const { deployment, now, graceMs = DEFAULT_GRACE_MS } = options;
  const { meta, replicas, currentReplicas } = deployment;
  const finding = workloadFinding(deployment);
  const progress = conditionOf(deployment, 'Progressing');
  if (meta.deletedAt !== undefined) {
    const since = meta.deletedAt || undefined;
    const message = 'it is being deleted';
    return inspectionOf({
      findings: [finding({ code: 'BeingDeleted', message, since })],
    });
  }
  if (deployment.paused) {
    const since =
      progress?.reason === 'DeploymentPaused' ? progress.updatedAt : undefined;
    const message = 'its rollout is paused';
    return inspectionOf({
      findings: [
        finding({ code: 'Paused', message, status: 'suspended', since }),
      ],
    });
  }
  if ((deployment.observedGeneration ?? 0) < (meta.generation ?? 0)) {
    const message =
      'the Deployment controller has not taken up the last change yet';
    return inspectionOf({
      findings: [finding({ code: 'ChangeNotObserved', message })],
    });
  }
  if (replicas === 0 && currentReplicas === 0) {
    const { autoscaler } = options;
    return inspectionOf({ findings: [zeroFinding({ finding, autoscaler })] });
  }
  const newest = newestReplicaSet({
    deployment,
    replicaSets: options.replicaSets ?? [],
  });
  const since = progressingSince(deployment, newest);
  return inspectionOf({
    findings: rolloutFindings(deployment, { since, now, graceMs }),
    healthySince: latest([
      conditionOf(deployment, 'Available')?.transitionedAt,
      progress?.updatedAt,
    ]),
  });
}

/**
 * Koala's verdict on a Deployment, its pods left aside: it agrees with `kubectl rollout status` and
 * Argo CD. Paused counts as suspended, whatever else is the case; so does zero replicas.
 *
 * @public
 */
export function judgeDeployment(options: JudgeDeploymentOptions): Verdict {
  return verdictOf(inspectDeployment(options));
}
