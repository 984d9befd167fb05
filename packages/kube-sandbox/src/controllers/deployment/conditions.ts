import { Condition, DeploymentStatus } from '../../client';

export type DeploymentConditionType =
  | 'Available'
  | 'Progressing'
  | 'ReplicaFailure';

export function conditionOf(
  status: DeploymentStatus | undefined,
  type: DeploymentConditionType,
): Condition | undefined {
  return status?.conditions?.find(condition => condition.type === type);
}

export function withoutCondition(
  conditions: Condition[],
  type: DeploymentConditionType,
): Condition[] {
  return conditions.filter(condition => condition.type !== type);
}

/**
 * With the condition set. One of the same status and reason stays as it is; the transition time moves
 * only with the status.
 */
export function withCondition(
  conditions: Condition[],
  condition: Omit<Condition, 'lastTransitionTime' | 'lastUpdateTime'>,
  at: string,
): Condition[] {
  const current = conditions.find(({ type }) => type === condition.type);
  if (
    current?.status === condition.status &&
    current.reason === condition.reason
  ) {
    return conditions;
  }
  return [
    ...conditions.filter(({ type }) => type !== condition.type),
    {
      ...condition,
      lastUpdateTime: at,
      lastTransitionTime:
        current?.status === condition.status ? current.lastTransitionTime : at,
    },
  ];
}
