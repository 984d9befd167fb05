import { AutoscalerObject } from '../objects/AutoscalerObject';
import { Condition } from '../objects/Condition';
import { Verdict } from '../status/Verdict';
import { Finding, inspectionOf, verdictOf } from './Finding';
import { DEFAULT_GRACE_MS, lasting } from './lasting';
import { nextStepFor } from './nextSteps';
import { shorten } from './shorten';
import { workloadFinding } from './workloadFinding';

/** Reasons of a condition that is False for a while in the ordinary course of things. */
const WAITING = /^Backoff|^ReadyForNewScale$|Stabilized$/;

/**
 * Koala's verdict on an autoscaler: degraded where it cannot do its work, as Argo CD says; suspended
 * where its workload is scaled to zero, which turns it off; healthy, and said, where it is at its limit.
 *
 * @public
 */
export function judgeAutoscaler(options: {
  autoscaler: AutoscalerObject;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long it may fail before it is degraded; 30 s unless told. */
  graceMs?: number;
}): Verdict {
  const { autoscaler, now, graceMs = DEFAULT_GRACE_MS } = options;
  const { meta, conditions, maxReplicas } = autoscaler;
  const finding = workloadFinding(autoscaler);
  const conditionOf = (type: string): Condition | undefined =>
    conditions.find(condition => condition.type === type);

  const failure = (condition: Condition): Finding => {
    const since = condition.transitionedAt;
    const { lasted, recheckAt } = lasting({ since, now, forMs: graceMs });
    const found = finding({
      code: condition.reason ?? 'ScalingFailed',
      message: `cannot scale: ${shorten(
        condition.message ?? condition.reason ?? 'it gives no reason',
      )}`,
      status: lasted ? 'degraded' : 'progressing',
      since,
      recheckAt,
    });
    const nextStep = nextStepFor('ScalingFailed');
    return { ...found, reason: { ...found.reason, nextStep } };
  };

  const active = conditionOf('ScalingActive');
  const able = conditionOf('AbleToScale');
  const limited = conditionOf('ScalingLimited');
  const findings: Finding[] = [];
  if (meta.deletedAt !== undefined) {
    findings.push(
      finding({
        code: 'BeingDeleted',
        message: 'it is being deleted',
        since: meta.deletedAt || undefined,
      }),
    );
  } else if (
    active?.status === 'False' &&
    active.reason === 'ScalingDisabled'
  ) {
    findings.push(
      finding({
        code: 'ScalingDisabled',
        message: 'it is off while its workload is scaled to zero',
        status: 'suspended',
        since: active.transitionedAt,
      }),
    );
  } else {
    if (able?.status === 'False' && !WAITING.test(able.reason ?? '')) {
      findings.push(failure(able));
    }
    if (active?.status === 'False') {
      findings.push(failure(active));
    }
    if (conditions.length === 0) {
      findings.push(
        finding({
          code: 'AutoscalerStarting',
          message: 'it has not looked at its workload yet',
          since: meta.createdAt || undefined,
        }),
      );
    }
    if (limited?.status === 'True' && limited.reason === 'TooManyReplicas') {
      findings.push(
        finding({
          code: 'AtMaximum',
          message: `it wants more than its maximum of ${maxReplicas}`,
          status: 'healthy',
          since: limited.transitionedAt,
        }),
      );
    }
  }
  return verdictOf(
    inspectionOf({
      findings,
      healthySince: active?.transitionedAt ?? (meta.createdAt || undefined),
    }),
  );
}
