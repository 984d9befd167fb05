import { semanticallyEqual } from '../../objects/equal';
import {
  forbiddenField,
  invalidValue,
  required,
} from '../../status/fieldErrors';
import { Strategy } from '../Strategy';

export const horizontalPodAutoscaler: Strategy = {
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.minReplicas ??= 1;
    spec.metrics ??= [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
      },
    ];
  },
  initialStatus: () => ({ desiredReplicas: 0, currentMetrics: null }),
  validate({ spec }) {
    const target = spec!.scaleTargetRef ?? {};
    return [
      ...(['kind', 'name'] as const)
        .filter(field => !target[field])
        .map(field => required(`spec.scaleTargetRef.${field}`)),
      ...(spec!.minReplicas < 1
        ? [
            invalidValue(
              'spec.minReplicas',
              spec!.minReplicas,
              'must be greater than or equal to 1',
            ),
          ]
        : []),
      ...(!(spec!.maxReplicas >= 1)
        ? [
            invalidValue(
              'spec.maxReplicas',
              spec!.maxReplicas ?? 0,
              'must be greater than 0',
            ),
          ]
        : []),
      ...(spec!.maxReplicas < spec!.minReplicas
        ? [
            invalidValue(
              'spec.maxReplicas',
              spec!.maxReplicas,
              'must be greater than or equal to `minReplicas`',
            ),
          ]
        : []),
    ];
  },
};

export const podDisruptionBudget: Strategy = {
  generationOf: ({ spec }) => spec,
  setDefaults(object) {
    object.spec ??= {};
  },
  initialStatus: () => ({
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
  }),
  validate: ({ spec }) =>
    spec!.minAvailable !== undefined && spec!.maxUnavailable !== undefined
      ? [
          invalidValue(
            'spec',
            spec,
            'minAvailable and maxUnavailable cannot be both set',
          ),
        ]
      : [],
};

export const controllerRevision: Strategy = {
  validateUpdate: (object, old) =>
    semanticallyEqual(object.data, old.data)
      ? []
      : [forbiddenField('data', 'field is immutable')],
};
