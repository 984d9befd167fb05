import { DisruptionBudgetObject } from '../objects/DisruptionBudgetObject';
import { Verdict } from '../status/Verdict';
import { Finding, inspectionOf, verdictOf } from './Finding';
import { shorten } from './shorten';
import { workloadFinding } from './workloadFinding';

function findingOf(budget: DisruptionBudgetObject): Finding | undefined {
  const { meta, conditions } = budget;
  const { currentHealthy, desiredHealthy, expectedPods } = budget;
  const finding = workloadFinding(budget);
  if (meta.deletedAt !== undefined) {
    return finding({
      code: 'BeingDeleted',
      message: 'it is being deleted',
      since: meta.deletedAt || undefined,
    });
  }
  const allowed = conditions.find(({ type }) => type === 'DisruptionAllowed');
  if (allowed?.status === 'False' && allowed.reason === 'SyncFailed') {
    return finding({
      code: 'BudgetNotSynced',
      message: `cannot be worked out: ${shorten(
        allowed.message ?? 'it gives no reason',
      )}`,
      status: 'degraded',
      since: allowed.transitionedAt,
    });
  }
  if ((budget.observedGeneration ?? 0) < (meta.generation ?? 0)) {
    return finding({
      code: 'ChangeNotObserved',
      message: 'its controller has not taken up the last change yet',
    });
  }
  if (expectedPods === 0) {
    return finding({
      code: 'NoPodSelected',
      message: 'it selects no pod',
      status: 'healthy',
    });
  }
  if (currentHealthy < desiredHealthy) {
    return finding({
      code: 'InsufficientPods',
      message: `${currentHealthy} of at least ${desiredHealthy} pods healthy`,
      since: allowed?.transitionedAt,
    });
  }
  return budget.disruptionsAllowed === 0
    ? finding({
        code: 'NoDisruptionAllowed',
        message: `no pod may be evicted: it asks for ${desiredHealthy} of ${expectedPods} pods`,
        status: 'healthy',
        since: allowed?.transitionedAt,
      })
    : undefined;
}

/**
 * Koala's verdict on a disruption budget: degraded where it cannot be worked out, progressing while too
 * few pods are healthy (whose own verdict says why); one that lets no pod go is healthy, and says so.
 *
 * @public
 */
export function judgeDisruptionBudget(options: {
  budget: DisruptionBudgetObject;
}): Verdict {
  const { budget } = options;
  const found = findingOf(budget);
  return verdictOf(
    inspectionOf({
      findings: found ? [found] : [],
      healthySince: budget.meta.createdAt || undefined,
    }),
  );
}
