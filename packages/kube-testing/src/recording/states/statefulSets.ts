import { claim, statefulSet } from '../manifests';
import { RecordedState } from '../RecordedState';
import {
  both,
  isObserved,
  ready,
  rolledOver,
  UNSCHEDULABLE,
  waits,
  web,
} from './seen';

export const STATEFUL_SETS: RecordedState[] = [
  {
    name: 'statefulset-complete',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    is: ready(3),
  },
  {
    name: 'statefulset-starting',
    about: web('StatefulSet'),
    objects: [statefulSet({ image: 'shop/cart:1.0.0-never-ready' })],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 1 &&
      seen.pods[0].status.phase === 'Running',
  },
  {
    name: 'statefulset-rolling-out',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({
      kind: 'statefulset',
      tag: '2.0.0-never-ready',
      count: 3,
    }),
    is: seen =>
      ready(2)(seen) &&
      seen.object.status.updatedReplicas === 1 &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'statefulset-rolled-over',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen =>
      ready(3)(seen) &&
      seen.object.metadata.generation === 2 &&
      seen.object.status.currentRevision === seen.object.status.updateRevision,
  },
  {
    name: 'statefulset-image-not-found',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({
      kind: 'statefulset',
      tag: '2.0.0-missing',
      count: 3,
    }),
    is: both(ready(2), waits(/ImagePullBackOff/)),
  },
  {
    name: 'statefulset-crash-loop',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        image: 'shop/cart:1.0.0-crash',
        spec: { podManagementPolicy: 'Parallel' },
      }),
    ],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'statefulset-partitioned',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        spec: {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 2 },
          },
        },
      }),
    ],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.status.updatedReplicas === 1,
  },
  {
    name: 'statefulset-on-delete',
    about: web('StatefulSet'),
    objects: [statefulSet({ spec: { updateStrategy: { type: 'OnDelete' } } })],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.metadata.generation === 2,
  },
  {
    name: 'statefulset-scaled-to-zero',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: [
      {
        after: ready(3),
        kubectl: ['scale', 'statefulset/web', '--replicas=0'],
      },
    ],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 0 &&
      seen.object.status.replicas === 0,
  },
  {
    name: 'statefulset-volume-pending',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        spec: {
          volumeClaimTemplates: [
            claim('data', { storageClassName: 'nothing' }),
          ],
        },
      }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
];
