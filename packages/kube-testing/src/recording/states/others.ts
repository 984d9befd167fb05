import {
  autoscaler,
  budget,
  claim,
  deployment,
  ingress,
  persistentVolume,
  service,
} from '../manifests';
import { RecordedState } from '../RecordedState';
import { condition, web } from './seen';

export const OTHERS: RecordedState[] = [
  {
    name: 'volume-bound',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [
      persistentVolume('bound'),
      claim('data', { storageClassName: 'bound' }),
    ],
    is: ({ object }) => object?.status?.phase === 'Bound',
  },
  {
    name: 'volume-pending',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [claim('data', { storageClassName: 'nothing' })],
    is: ({ object }) => object?.status?.phase === 'Pending',
  },
  {
    name: 'volume-lost',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [
      persistentVolume('lost'),
      claim('data', { storageClassName: 'lost' }),
    ],
    changes: [
      {
        after: ({ object }) => object?.status?.phase === 'Bound',
        kubectl: ['delete', 'pv', 'lost', '--wait=false'],
      },
      {
        after: () => true,
        kubectl: [
          'patch',
          'pv',
          'lost',
          '--type=merge',
          '-p',
          '{"metadata":{"finalizers":null}}',
        ],
      },
    ],
    is: ({ object }) => object?.status?.phase === 'Lost',
  },
  {
    name: 'service-without-pods',
    about: web('Service'),
    objects: [service()],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'ingress-pending',
    about: web('Ingress'),
    objects: [service(), ingress('web')],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'ingress-backend-missing',
    about: web('Ingress'),
    objects: [ingress('nowhere')],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'autoscaler-without-metrics',
    about: web('HorizontalPodAutoscaler'),
    objects: [
      deployment({ container: { resources: { requests: { cpu: '10m' } } } }),
      autoscaler(1),
    ],
    is: condition('ScalingActive', 'False'),
  },
  {
    name: 'autoscaler-disabled',
    about: web('HorizontalPodAutoscaler'),
    objects: [deployment({ spec: { replicas: 0 } }), autoscaler(1)],
    is: condition('ScalingActive', 'False'),
  },
  {
    name: 'budget-allows',
    about: web('PodDisruptionBudget'),
    objects: [deployment(), budget(1)],
    is: ({ object }) => object?.status?.disruptionsAllowed === 1,
  },
  {
    name: 'budget-allows-none',
    about: web('PodDisruptionBudget'),
    objects: [deployment(), budget('100%')],
    is: ({ object }) =>
      object?.status?.currentHealthy === 2 &&
      object.status.disruptionsAllowed === 0,
  },
  {
    name: 'budget-insufficient',
    about: web('PodDisruptionBudget'),
    objects: [deployment({ image: 'shop/cart:1.0.0-never-ready' }), budget(1)],
    is: ({ object, pods }) =>
      object?.status?.expectedPods === 2 &&
      pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'budget-selects-nothing',
    about: web('PodDisruptionBudget'),
    objects: [budget(1)],
    is: ({ object }) => object?.status?.observedGeneration === 1,
  },
];
