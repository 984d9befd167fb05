import { Fields, KubeObject } from '../objects/KubeObject';
import { podPrinter, podStatus } from './podPrinter';

const NOW = Date.parse('2026-01-01T01:00:00Z');

function pod(status: Fields, more: Fields = {}): KubeObject {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: 'cart-1',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...more.metadata,
    },
    spec: {
      containers: [{ name: 'a' }, { name: 'b' }],
      nodeName: 'node-1',
      ...more.spec,
    },
    status,
  };
}

describe('podStatus', () => {
  it.each<[string, Fields, Fields]>([
    ['Pending', { phase: 'Pending' }, {}],
    ['Running', { phase: 'Running' }, {}],
    ['Evicted', { phase: 'Failed', reason: 'Evicted' }, {}],
    [
      'ImagePullBackOff',
      {
        phase: 'Pending',
        containerStatuses: [
          { name: 'a', state: { waiting: { reason: 'ImagePullBackOff' } } },
          { name: 'b', state: { running: {} }, ready: true },
        ],
      },
      {},
    ],
    [
      'ExitCode:3',
      {
        phase: 'Running',
        containerStatuses: [
          { name: 'a', state: { terminated: { exitCode: 3 } } },
        ],
      },
      {},
    ],
    [
      'Init:0/1',
      {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'i', state: { running: {} } }],
      },
      { spec: { initContainers: [{ name: 'i' }], containers: [] } },
    ],
    [
      'Terminating',
      { phase: 'Running' },
      { metadata: { deletionTimestamp: '2026-01-01T00:30:00Z' } },
    ],
  ])('%s', (expected, status, more) => {
    expect(podStatus(pod(status, more))).toBe(expected);
  });
});

it('prints readiness, restarts, age and place', () => {
  const status = {
    phase: 'Running',
    podIP: '10.0.0.1',
    containerStatuses: [
      {
        name: 'a',
        ready: true,
        state: { running: {} },
        restartCount: 2,
        lastState: { terminated: { finishedAt: '2026-01-01T00:59:30Z' } },
      },
      { name: 'b', ready: false, state: { running: {} }, restartCount: 0 },
    ],
  };
  expect(podPrinter(pod(status), NOW)).toEqual([
    'cart-1',
    '1/2',
    'Running',
    '2 (30s ago)',
    '60m',
    '10.0.0.1',
    'node-1',
    '<none>',
    '<none>',
  ]);
});
