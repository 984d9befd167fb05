import { Condition } from '../objects/Condition';
import { ObjectMeta } from '../objects/ObjectMeta';
import { Closeness, Finding } from './Finding';
import { lasting } from './lasting';
import { nextStepFor } from './nextSteps';
import { shorten } from './shorten';

/** Makes the findings about one workload. */
export type WorkloadFinding = (said: {
  code: string;
  message: string;
  /** Progressing unless told. */
  status?: Finding['status'];
  since?: number;
  recheckAt?: number;
  closeness?: Closeness;
}) => Finding;

export function workloadFinding(object: {
  kind: string;
  meta: ObjectMeta;
}): WorkloadFinding {
  const { kind, meta } = object;
  return said => ({
    status: said.status ?? 'progressing',
    closeness: said.closeness ?? Closeness.Workload,
    reason: {
      code: said.code,
      message: said.message,
      nextStep: nextStepFor(said.code),
      object: { kind, name: meta.name, namespace: meta.namespace },
      since: said.since,
    },
    foldKey: said.code,
    recheckAt: said.recheckAt,
  });
}

/** Pods that cannot be created: a quota, a policy, a missing service account. */
export function createFailure(options: {
  finding: WorkloadFinding;
  condition: Condition;
  now: number;
  graceMs: number;
}): Finding {
  const { finding, condition, now, graceMs } = options;
  const since = condition.transitionedAt ?? condition.updatedAt;
  const { lasted, recheckAt } = lasting({ since, now, forMs: graceMs });
  return finding({
    code: 'ReplicaFailure',
    message: `pods cannot be created: ${shorten(
      condition.message ?? condition.reason ?? 'the controller gives no reason',
    )}`,
    status: lasted ? 'degraded' : 'progressing',
    closeness: Closeness.Cause,
    since,
    recheckAt,
  });
}
