import { daemonSet } from '../manifests';
import { RecordedState } from '../RecordedState';
import { both, isObserved, ready, rolledOver, waits, web } from './seen';

export const DAEMON_SETS: RecordedState[] = [
  {
    name: 'daemonset-complete',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    is: ready(3),
  },
  {
    name: 'daemonset-no-node',
    about: web('DaemonSet'),
    objects: [daemonSet({ podSpec: { nodeSelector: { gpu: 'yes' } } })],
    is: isObserved,
  },
  {
    name: 'daemonset-starting',
    about: web('DaemonSet'),
    objects: [daemonSet({ image: 'shop/cart:1.0.0-never-ready' })],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'daemonset-image-not-found',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0-missing', count: 3 }),
    is: both(ready(2), waits(/ImagePullBackOff/)),
  },
  {
    name: 'daemonset-rolled-over',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0', count: 3 }),
    is: seen =>
      ready(3)(seen) &&
      seen.object.status.updatedNumberScheduled === 3 &&
      seen.object.metadata.generation === 2,
  },
  {
    name: 'daemonset-on-delete',
    about: web('DaemonSet'),
    objects: [daemonSet({ spec: { updateStrategy: { type: 'OnDelete' } } })],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.metadata.generation === 2,
  },
  {
    name: 'daemonset-crash-loop',
    about: web('DaemonSet'),
    objects: [daemonSet({ image: 'shop/cart:1.0.0-crash' })],
    is: waits(/CrashLoopBackOff/),
  },
];
