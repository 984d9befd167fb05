import { Pod } from '../../client';
import { podsToDelete } from './podsToDelete';

interface Traits {
  node?: string;
  phase?: string;
  readySince?: string;
  cost?: string;
  restarts?: number;
  created?: string;
}

function pod(name: string, traits: Traits = {}): Pod {
  const {
    node = 'n1',
    phase = 'Running',
    readySince = '2026-01-01T00:00:00Z',
    cost,
    restarts = 0,
    created = '2026-01-01T00:00:00Z',
  } = traits;
  return {
    metadata: {
      name,
      creationTimestamp: created,
      annotations: cost
        ? { 'controller.kubernetes.io/pod-deletion-cost': cost }
        : {},
    },
    spec: { nodeName: node || undefined, containers: [] },
    status: {
      phase,
      conditions: readySince
        ? [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }]
        : [],
      containerStatuses: [
        {
          name: 'c',
          image: '',
          imageID: '',
          ready: true,
          restartCount: restarts,
        },
      ],
    },
  };
}

describe('podsToDelete', () => {
  it.each([
    ['not scheduled', pod('x', { node: '' })],
    ['pending', pod('x', { phase: 'Pending', cost: '9' })],
    ['not ready', pod('x', { readySince: '', cost: '9' })],
    ['cheap to delete', pod('x', { cost: '-1' })],
    ['ready last', pod('x', { readySince: '2026-01-01T00:05:00Z' })],
    ['restarted most', pod('x', { restarts: 3 })],
    ['youngest', pod('x', { created: '2026-01-01T00:05:00Z' })],
  ])('prefers a pod that is %s', (_, chosen) => {
    const pods = [pod('a'), chosen, pod('b')];
    expect(podsToDelete({ pods, count: 1, siblings: [] })).toEqual([chosen]);
  });

  it('prefers a pod whose node is crowded by siblings', () => {
    const [lonely, crowded] = [pod('a', { node: 'n2' }), pod('b')];
    expect(
      podsToDelete({
        pods: [lonely, crowded],
        count: 1,
        siblings: [lonely, crowded, pod('c')],
      }),
    ).toEqual([crowded]);
  });
});
