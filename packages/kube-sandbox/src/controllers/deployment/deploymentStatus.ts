import {
  Condition,
  Deployment,
  DeploymentStatus,
  ReplicaSet,
  timestamp,
} from '../../client';
import { withoutZeros } from '../withoutZeros';
import { conditionOf, withCondition, withoutCondition } from './conditions';
import { maxUnavailable, replicasOf, specReplicas } from './replicas';

/** Where a Deployment says no progress deadline, the API server says this. */
const NO_DEADLINE = 2 ** 31 - 1;

export interface StatusInput {
  deployment: Deployment;
  /** The ReplicaSet of the current template; undefined before it was created. */
  newReplicaSet?: ReplicaSet;
  /** All others. */
  old: ReplicaSet[];
  /** ms since the epoch. */
  now: number;
  /** How many times faster than real time the progress deadline passes. */
  speed: number;
}

export function hasProgressDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== NO_DEADLINE;
}

/** Everything the Deployment wants is there, available, and nothing else. */
export function isComplete(
  deployment: Deployment,
  status: DeploymentStatus | undefined,
): boolean {
  const desired = replicasOf(deployment);
  return (
    (status?.updatedReplicas ?? 0) === desired &&
    (status?.replicas ?? 0) === desired &&
    (status?.availableReplicas ?? 0) === desired &&
    (status?.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

type Counter =
  | 'replicas'
  | 'readyReplicas'
  | 'availableReplicas'
  | 'terminatingReplicas';

function sum(replicaSets: ReplicaSet[], counter: Counter): number {
  return replicaSets.reduce(
    (total, { status }) => total + (status?.[counter] ?? 0),
    0,
  );
}

/** Counts and the Available condition; other conditions as they are. */
export function countedStatus(input: StatusInput): DeploymentStatus {
  const { deployment, newReplicaSet, old, now } = input;
  const all = newReplicaSet ? [...old, newReplicaSet] : old;
  const available = sum(all, 'availableReplicas');
  const isAvailable =
    available >= replicasOf(deployment) - maxUnavailable(deployment);
  return {
    observedGeneration: deployment.metadata.generation,
    ...withoutZeros({
      replicas: sum(all, 'replicas'),
      updatedReplicas: newReplicaSet?.status?.replicas ?? 0,
      readyReplicas: sum(all, 'readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, specReplicas(all) - available),
    }),
    terminatingReplicas: sum(all, 'terminatingReplicas'),
    ...(deployment.status?.collisionCount !== undefined && {
      collisionCount: deployment.status.collisionCount,
    }),
    conditions: withCondition(
      deployment.status?.conditions ?? [],
      isAvailable
        ? {
            type: 'Available',
            status: 'True',
            reason: 'MinimumReplicasAvailable',
            message: 'Deployment has minimum availability.',
          }
        : {
            type: 'Available',
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
            message: 'Deployment does not have minimum availability.',
          },
      timestamp(now),
    ),
  };
}

/** Whether anything moved forward since the status before. */
function madeProgress(
  before: DeploymentStatus = {},
  after: DeploymentStatus,
): boolean {
  const old = (status: DeploymentStatus) =>
    (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function deadlineMs(deployment: Deployment, speed: number): number {
  return ((deployment.spec.progressDeadlineSeconds ?? 0) * 1000) / speed;
}

/**
 * How long until a rollout that makes no progress has to be looked at again; undefined where there is
 * nothing to wait for.
 */
export function progressCheckIn(
  input: StatusInput,
  status: DeploymentStatus,
): number | undefined {
  const { deployment, now, speed } = input;
  const progressing = conditionOf(status, 'Progressing');
  if (
    !hasProgressDeadline(deployment) ||
    !progressing?.lastUpdateTime ||
    isComplete(deployment, status) ||
    progressing.reason === 'ProgressDeadlineExceeded'
  ) {
    return undefined;
  }
  const due =
    Date.parse(progressing.lastUpdateTime) + deadlineMs(deployment, speed);
  // Times are whole seconds: a moment too late is better than a check in vain.
  return Math.max(0, due - now) + 1000 / speed;
}

function progressingCondition(
  input: StatusInput,
  status: DeploymentStatus,
): Condition[] {
  const { deployment, newReplicaSet, now, speed } = input;
  const conditions = status.conditions ?? [];
  const at = timestamp(now);
  const subject = newReplicaSet
    ? `ReplicaSet "${newReplicaSet.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const current = conditionOf(status, 'Progressing');
  if (isComplete(deployment, status)) {
    return withCondition(
      conditions,
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `${subject} has successfully progressed.`,
      },
      at,
    );
  }
  if (madeProgress(deployment.status, status)) {
    // The only condition whose update time moves though status and reason stay: the deadline counts
    // from it.
    return [
      ...withoutCondition(conditions, 'Progressing'),
      {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `${subject} is progressing.`,
        lastUpdateTime: at,
        lastTransitionTime:
          current?.status === 'True' ? current.lastTransitionTime : at,
      },
    ];
  }
  const since = Date.parse(current?.lastUpdateTime ?? '');
  const timedOut =
    current?.reason !== 'NewReplicaSetAvailable' &&
    since + deadlineMs(deployment, speed) < now;
  return timedOut
    ? withCondition(
        conditions,
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          message: `${subject} has timed out progressing.`,
        },
        at,
      )
    : conditions;
}

/** A ReplicaSet's failure to create pods, the current one's first. */
function replicaFailure(input: StatusInput): Condition | undefined {
  return [input.newReplicaSet, ...input.old]
    .flatMap(replicaSet => replicaSet?.status?.conditions ?? [])
    .find(condition => condition.type === 'ReplicaFailure');
}

/** Status during a rollout: counts, availability, progress and failures. */
export function rolloutStatus(input: StatusInput): DeploymentStatus {
  const { deployment } = input;
  const status = countedStatus(input);
  const before = conditionOf(deployment.status, 'Progressing');
  const wasComplete =
    status.replicas === status.updatedReplicas &&
    before?.reason === 'NewReplicaSetAvailable';
  if (!hasProgressDeadline(deployment)) {
    status.conditions = withoutCondition(
      status.conditions ?? [],
      'Progressing',
    );
  } else if (!wasComplete) {
    // A rollout that was complete and only lost a pod is no rollout: its progress is not judged again.
    status.conditions = progressingCondition(input, status);
  }
  const failure = replicaFailure(input);
  status.conditions = failure
    ? withCondition(
        status.conditions ?? [],
        failure,
        failure.lastTransitionTime ?? timestamp(input.now),
      )
    : withoutCondition(status.conditions ?? [], 'ReplicaFailure');
  return status;
}
