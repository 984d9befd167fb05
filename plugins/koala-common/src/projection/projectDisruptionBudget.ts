import { DisruptionBudgetObject } from '../objects/DisruptionBudgetObject';
import { projectConditions } from './projectConditions';
import { projectMeta } from './projectMeta';
import { projectSelector } from './projectSelector';
import { RawObject, readCount, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

export function projectDisruptionBudget(
  raw: RawObject,
  shared: SharedValues,
): DisruptionBudgetObject {
  const meta = projectMeta({ kind: 'PodDisruptionBudget', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  return {
    kind: 'PodDisruptionBudget',
    meta,
    selector: spec.selector
      ? projectSelector(spec.selector, shared)
      : undefined,
    observedGeneration: readCount(status.observedGeneration),
    expectedPods: readCount(status.expectedPods) ?? 0,
    currentHealthy: readCount(status.currentHealthy) ?? 0,
    desiredHealthy: readCount(status.desiredHealthy) ?? 0,
    disruptionsAllowed: readCount(status.disruptionsAllowed) ?? 0,
    conditions: projectConditions(status.conditions, shared),
  };
}
