import { PodObject } from '../objects/PodObject';
import { WorkloadObject } from '../objects/WorkloadObject';
import { releaseOf } from '../release/releaseOf';
import { WorkloadParts } from '../release/WorkloadParts';
import { WorkloadState } from '../state/WorkloadState';
import { Closeness, Finding, Inspection, inspectionOf } from './Finding';
import { foldFindings } from './foldFindings';
import { countsOf, inspectObject, podDeadlineOf } from './inspectObject';
import { inspectPod } from './judgePod';
import { splitPods, SplitPods } from './splitPods';
import { ClaimLookup } from './unboundVolume';

const MAX_REASONS = 5;

/** @public */
export interface JudgeWorkloadOptions extends WorkloadParts {
  workload: WorkloadObject;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long a bad reason may last before the workload is degraded; 30 s unless told. */
  graceMs?: number;
}

function podFindings(
  pods: readonly PodObject[],
  options: {
    now: number;
    graceMs?: number;
    deadlineMs: number;
    claimOf?: ClaimLookup;
  },
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
  const { workload, now, graceMs, claimOf } = options;
  const own = inspectObject(options);
  if (workload.meta.deletedAt !== undefined) {
    return own;
  }
  const context = {
    now,
    graceMs,
    claimOf,
    deadlineMs: podDeadlineOf(workload),
  };
  const current = foldFindings({
    findings: podFindings(split.current, context),
    total: split.current.length,
  });
  const broken = current.filter(({ status }) => status === 'degraded');
  if (own.status === 'suspended') {
    // Stopped on purpose: only what is broken says more than that.
    const stopped = 'replicas' in workload && workload.replicas === 0;
    return inspectionOf({
      findings: [...own.findings, ...(stopped ? [] : broken)],
    });
  }
  if (workload.kind === 'CronJob') {
    // Judged by the run that ended last: one that goes on counts only once it is broken.
    return inspectionOf({
      findings: [...own.findings, ...broken],
      healthySince: own.since,
    });
  }
  const past =
    own.status === 'healthy' || workload.kind === 'Job'
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
 * Koala's verdict on a workload together with its pods.
 *
 * The worst of what the workload says and of what the pods of its newest revision say: kubectl and
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
  const { workload } = options;
  const split = splitPods(options);
  const { status, since, findings, recheckAt } = inspectWorkload(
    options,
    split,
  );
  return {
    kind: workload.kind,
    name: workload.meta.name,
    namespace: workload.meta.namespace,
    status,
    since,
    reasons: findings.slice(0, MAX_REASONS).map(({ reason }) => reason),
    release: releaseOf(options),
    ...countsOf(workload, options),
    createdAt: workload.meta.createdAt,
    recheckAt,
  };
}
