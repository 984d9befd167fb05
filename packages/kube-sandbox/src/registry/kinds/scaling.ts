import { Fields } from '../../objects/KubeObject';
import { semanticallyEqual } from '../../objects/equal';
import {
  forbiddenField,
  invalidValue,
  required,
} from '../../status/fieldErrors';
import { Strategy } from '../Strategy';
import { countOrPercent, notMoreThanAll } from './fieldChecks';

/** Only these are still there when no pod is left. */
const isOfOthers = ({ type }: Fields) =>
  type === 'Object' || type === 'External';

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
      ...(['kind', 'name'] as const)
        .filter(field => !target[field])
        .map(field => required(`spec.scaleTargetRef.${field}`)),
      ...(target.apiVersion
        ? []
        : [
            invalidValue(
              'spec.scaleTargetRef.apiVersion',
              '',
              'apiVersion must specify API group',
            ),
          ]),
      ...(spec!.minReplicas === 0 && !spec!.metrics.some(isOfOthers)
        ? [
            forbiddenField(
              'spec.metrics',
              'must specify at least one Object or External metric to support scaling to zero replicas',
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
  validate({ spec = {} }) {
    const { minAvailable, maxUnavailable, selector } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      return [
        invalidValue(
          'spec',
          // The real server shows its own structure here, not the API's.
          {
            MinAvailable: minAvailable,
            Selector: selector ?? null,
            MaxUnavailable: maxUnavailable,
            UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
          },
          'minAvailable and maxUnavailable cannot be both set',
        ),
      ];
    }
    return ['minAvailable', 'maxUnavailable']
      .filter(field => spec[field] !== undefined)
      .flatMap(field => [
        ...countOrPercent(spec[field], `spec.${field}`),
        ...notMoreThanAll(spec[field], `spec.${field}`),
      ]);
  },
};

export const controllerRevision: Strategy = {
  validateUpdate: (object, old) =>
    semanticallyEqual(object.data, old.data)
      ? []
      : [forbiddenField('data', 'field is immutable')],
};
