import { Condition, Job, timestamp } from '../../client';

/** Where a Job's story ends, or is bound to end. */
export interface Ending {
  type: 'SuccessCriteriaMet' | 'FailureTarget' | 'Complete' | 'Failed';
  reason: string;
  message: string;
}

export function conditionOf(job: Job, type: string): Condition | undefined {
  return job.status?.conditions?.find(condition => condition.type === type);
}

function holds(job: Job, type: string): boolean {
  return conditionOf(job, type)?.status === 'True';
}

/** `Complete` or `Failed`; undefined where the Job goes on. */
export function finishedAs(job: Job): 'Complete' | 'Failed' | undefined {
  if (holds(job, 'Complete')) {
    return 'Complete';
  }
  return holds(job, 'Failed') ? 'Failed' : undefined;
}

/** The interim condition that an earlier pass wrote: what is decided is not decided again. */
export function decidedEnding(job: Job): Ending | undefined {
  for (const type of ['SuccessCriteriaMet', 'FailureTarget'] as const) {
    const condition = conditionOf(job, type);
    if (condition?.status === 'True') {
      const { reason = '', message = '' } = condition;
      return { type, reason, message };
    }
  }
  return undefined;
}

/** The conditions with this one in them, and whether that changed anything; what never was is not made false. */
export function withCondition(
  conditions: Condition[],
  wanted: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  now: number,
): { conditions: Condition[]; changed: boolean } {
  const { type, status, reason, message } = wanted;
  const at = timestamp(now);
  const next: Condition = {
    type,
    status,
    lastProbeTime: at,
    lastTransitionTime: at,
    reason,
    message,
  };
  const before = conditions.find(condition => condition.type === type);
  if (!before) {
    return status === 'False'
      ? { conditions, changed: false }
      : { conditions: [...conditions, next], changed: true };
  }
  if (
    before.status === status &&
    before.reason === reason &&
    before.message === message
  ) {
    return { conditions, changed: false };
  }
  return {
    conditions: conditions.map(other => (other === before ? next : other)),
    changed: true,
  };
}
