import { claim, deployment, mounting, quota } from '../manifests';
import { RecordedState } from '../RecordedState';
import {
  both,
  condition,
  isObserved,
  ready,
  rolledOver,
  UNSCHEDULABLE,
  waits,
  web,
} from './seen';

export const DEPLOYMENTS: RecordedState[] = [
  {
    name: 'deployment-complete',
    about: web('Deployment'),
    objects: [deployment()],
    is: both(ready(2), condition('Available')),
  },
  {
    name: 'deployment-rolling-out',
    about: web('Deployment'),
    objects: [deployment()],
    changes: rolledOver({
      kind: 'deployment',
      tag: '2.0.0-never-ready',
      count: 2,
    }),
    is: seen =>
      isObserved(seen) &&
      seen.object.status.updatedReplicas === 1 &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'deployment-image-not-found',
    about: web('Deployment'),
    objects: [deployment()],
    changes: rolledOver({ kind: 'deployment', tag: '2.0.0-missing', count: 2 }),
    is: waits(/ImagePullBackOff/),
  },
  {
    name: 'deployment-crash-loop',
    about: web('Deployment'),
    objects: [deployment({ image: 'shop/cart:1.0.0-crash' })],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'deployment-deadline-exceeded',
    about: web('Deployment'),
    objects: [
      deployment({
        image: 'shop/cart:1.0.0-never-ready',
        spec: { progressDeadlineSeconds: 3 },
      }),
    ],
    is: condition('Progressing', 'False'),
  },
  {
    name: 'deployment-paused',
    about: web('Deployment'),
    objects: [deployment()],
    changes: [
      { after: ready(2), kubectl: ['rollout', 'pause', 'deployment/web'] },
    ],
    is: condition('Progressing', 'Unknown'),
  },
  {
    name: 'deployment-scaled-to-zero',
    about: web('Deployment'),
    objects: [deployment()],
    changes: [
      {
        after: ready(2),
        kubectl: ['scale', 'deployment/web', '--replicas=0'],
      },
    ],
    is: seen => isObserved(seen) && seen.pods.length === 0,
  },
  {
    name: 'deployment-over-quota',
    about: web('Deployment'),
    objects: [quota(1), deployment()],
    is: condition('ReplicaFailure'),
  },
  {
    name: 'deployment-unschedulable',
    about: web('Deployment'),
    objects: [
      deployment({
        container: { resources: { requests: { cpu: '900' } } },
      }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
  {
    name: 'deployment-init-crash',
    about: web('Deployment'),
    objects: [
      deployment({
        podSpec: {
          initContainers: [
            { name: 'migrate', image: 'shop/migrate:1.0.0-crash' },
          ],
        },
      }),
    ],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'deployment-native-sidecar',
    about: web('Deployment'),
    objects: [
      deployment({
        podSpec: {
          initContainers: [
            {
              name: 'metrics',
              image: 'quay.io/prometheus/statsd-exporter:v0.28.0',
              restartPolicy: 'Always',
            },
          ],
        },
      }),
    ],
    is: both(ready(2), condition('Available')),
  },
  {
    name: 'deployment-volume-pending',
    about: web('Deployment'),
    objects: [
      claim('data', { storageClassName: 'nothing' }),
      deployment({ podSpec: mounting('data') }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
  {
    name: 'deployment-volume-missing',
    about: web('Deployment'),
    objects: [deployment({ podSpec: mounting('nowhere') })],
    is: both(isObserved, UNSCHEDULABLE),
  },
];
