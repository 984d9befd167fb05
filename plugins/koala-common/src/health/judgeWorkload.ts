import { DeploymentObject } from '../objects/DeploymentObject';
import { PodObject } from '../objects/PodObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { releaseOf } from '../release/releaseOf';
import { WorkloadState } from '../state/WorkloadState';
import { Closeness, Finding, Inspection, inspectionOf } from './Finding';
import { foldFindings } from './foldFindings';
import { inspectDeployment, progressDeadlineOf } from './judgeDeployment';
import { inspectPod } from './judgePod';
import { splitPods, SplitPods } from './splitPods';

const MAX_REASONS = 5;

/** @public */
export interface JudgeWorkloadOptions {
  deployment: DeploymentObject;
  /** Those that the Deployment controls. */
  replicaSets: Iterable<ReplicaSetObject>;
  /** Those that its ReplicaSets control. */
  pods: Iterable<PodObject>;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long a bad reason may last before the workload is degraded; 30 s unless told. */
  graceMs?: number;
}

function podFindings(
  pods: readonly PodObject[],
  options: { now: number; graceMs?: number; deadlineMs: number },
): Finding[] {
  return pods.flatMap(pod => inspectPod({ pod, ...options }).findings);
}

/** Trouble of pods that are replaced anyway: worth telling, never worse than progressing. */
function asPast(findings: readonly Finding[], who: string): Finding[] {
  return findings
    .filter(({ closeness }) => closeness === Closeness.Cause)
    .map(finding => ({
      ...finding,
      status: 'progressing' as const,
      closeness: Closeness.Past,
      reason: {
        ...finding.reason,
        message: `${who}: ${finding.reason.message}`,
      },
      recheckAt: undefined,
    }));
}

function inspectWorkload(
  options: JudgeWorkloadOptions,
  split: SplitPods,
): Inspection {
  const { deployment, now, graceMs } = options;
  const own = inspectDeployment(options);
  if (deployment.meta.deletedAt !== undefined) {
    return own;
  }
  const context = {
    now,
    graceMs,
    deadlineMs: progressDeadlineOf(deployment),
  };
  const current = foldFindings({
    findings: podFindings(split.current, context),
    total: split.current.length,
  });
  if (own.status === 'suspended') {
    // Stopped on purpose: only what is broken says more than that.
    const broken = deployment.replicas
      ? current.filter(({ status }) => status === 'degraded')
      : [];
    return inspectionOf({ findings: [...own.findings, ...broken] });
  }
  const past =
    own.status === 'healthy'
      ? []
      : [
          ...foldFindings({
            findings: asPast(podFindings(split.older, context), 'old revision'),
            total: split.older.length,
          }),
          ...foldFindings({
            findings: asPast(podFindings(split.ended, context), 'replaced'),
            total: split.ended.length,
          }),
        ];
  return inspectionOf({
    findings: [...own.findings, ...current, ...past],
    healthySince: own.since,
  });
}

/**
 * Koala's verdict on a Deployment together with its pods.
 *
 * The worst of what the Deployment says and of what the pods of its newest revision say: kubectl and
 * Argo CD still call it progressing, or even complete, while a new pod crash-loops. Pods of older
 * revisions, and pods that ended, are replaced anyway and make it no worse than progressing;
 * terminating pods do not count.
 *
 * `since` is when the first reason of that status began, before any grace period.
 *
 * @returns reasons with the worst first, at most five, equal ones of many pods told once.
 * @public
 */
export function judgeWorkload(options: JudgeWorkloadOptions): WorkloadState {
  const { deployment } = options;
  const replicaSets = [...options.replicaSets];
  const pods = [...options.pods];
  const split = splitPods({ deployment, replicaSets, pods });
  const { status, since, findings, recheckAt } = inspectWorkload(
    { ...options, replicaSets, pods },
    split,
  );
  const { kind, meta, replicas, readyReplicas, updatedReplicas } = deployment;
  return {
    kind,
    name: meta.name,
    namespace: meta.namespace,
    status,
    since,
    reasons: findings.slice(0, MAX_REASONS).map(({ reason }) => reason),
    release: releaseOf({ deployment, replicaSets, pods }),
    // During a surge more pods are ready than are wanted.
    ready: Math.min(readyReplicas, replicas),
    desired: replicas,
    updated: Math.min(updatedReplicas, replicas),
    createdAt: meta.createdAt,
    recheckAt,
  };
}
