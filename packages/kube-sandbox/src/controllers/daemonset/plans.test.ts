import { DaemonSet, Node, Pod, Toleration } from '../../client';
import { daemonTolerations, newDaemonPod, targetNode } from './daemonPod';
import { daemonSetStatus } from './daemonSetStatus';
import { DaemonPlan, DaemonView } from './DaemonView';
import { nodeFit } from './nodeFit';
import { planPresence } from './planPresence';
import { planRollout } from './planRollout';

const daemonSet = (
  rollingUpdate: object = { maxUnavailable: 1, maxSurge: 0 },
  podSpec: object = {},
): DaemonSet => ({
  metadata: { name: 'agent', uid: 'd', generation: 1 },
  spec: {
    selector: {},
    template: { spec: { containers: [], ...podSpec } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate },
  },
});

const node = (name: string, spec: Node['spec'] = {}): Node => ({
  metadata: { name, labels: { disk: 'ssd' } },
  spec,
});

const NODES = ['a', 'b', 'c'].map(name => node(name));

interface Traits {
  hash?: string;
  ready?: boolean;
  phase?: string;
  deleted?: boolean;
  bound?: boolean;
}

/** A pod on the node that its name begins with. */
function pod(name: string, traits: Traits = {}): Pod {
  const { hash = 'new', ready = true, phase = 'Running' } = traits;
  const made = newDaemonPod({ daemonSet: daemonSet(), node: name[0], hash });
  return {
    ...made,
    metadata: {
      ...made.metadata,
      name,
      deletionTimestamp: traits.deleted ? 'now' : undefined,
    },
    spec: {
      ...made.spec,
      nodeName: traits.bound === false ? undefined : name[0],
    },
    status: {
      phase,
      conditions: ready
        ? [
            {
              type: 'Ready',
              status: 'True',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ]
        : [],
    },
  };
}

const view = (pods: Pod[], set = daemonSet(), nodes = NODES) =>
  new DaemonView({
    daemonSet: set,
    nodes,
    pods,
    hash: 'new',
    now: Date.parse('2026-01-02T00:00:00Z'),
    speed: 1,
  });

const shown = ({ create, remove }: DaemonPlan) => [
  create,
  remove.map(({ metadata }) => metadata.name),
];

describe('planPresence', () => {
  const plan = (...args: Parameters<typeof view>) =>
    shown(planPresence(view(...args), () => true));

  it('brings one pod to each node, and removes those too many', () => {
    expect(plan([pod('a1'), pod('b1'), pod('b2')])).toEqual([['c'], ['b2']]);
  });

  it('waits for a pod that is being deleted', () => {
    const pods = [pod('a1'), pod('b1'), pod('c1', { deleted: true })];
    expect(plan(pods)).toEqual([[], []]);
  });

  it('replaces pods that ended', () => {
    const pods = [
      pod('a1', { phase: 'Failed' }),
      pod('b1', { phase: 'Succeeded' }),
      pod('c1'),
    ];
    expect(plan(pods)).toEqual([[], ['a1', 'b1']]);
    const later = planPresence(view(pods), () => false);
    expect(shown(later)).toEqual([[], []]);
  });

  it('leaves nodes that repel it, and pods whose node is gone', () => {
    const drained = node('b', {
      taints: [{ key: 'x', effect: 'NoExecute' }],
    });
    const kept = node('c', { taints: [{ key: 'x', effect: 'NoSchedule' }] });
    const pods = [pod('b1'), pod('c1'), pod('z1', { bound: false })];
    expect(plan(pods, daemonSet(), [node('a'), drained, kept])).toEqual([
      ['a'],
      ['z1', 'b1'],
    ]);
  });

  it('lets an old and a new pod be together during a surge', () => {
    const surging = daemonSet({ maxSurge: 1, maxUnavailable: 0 });
    const nodes = [node('a')];
    const old = pod('a1', { hash: 'old' });
    const unready = pod('a2', { ready: false });
    expect(plan([old, unready], surging, nodes)).toEqual([[], []]);
    expect(plan([old, pod('a2')], surging, nodes)).toEqual([[], ['a1']]);
    expect(
      plan([pod('a1', { hash: 'old', ready: false }), unready], surging, nodes),
    ).toEqual([[], ['a1']]);
  });
});

describe('planRollout', () => {
  const old = { hash: 'old' };
  const plan = (...args: Parameters<typeof view>) =>
    shown(planRollout(view(...args)));

  it('replaces as many as may be unavailable', () => {
    const all = [pod('a1', old), pod('b1', old), pod('c1', old)];
    expect(plan(all)).toEqual([[], ['a1']]);
    expect(plan(all, daemonSet({ maxUnavailable: '50%' }))).toEqual([
      [],
      ['a1', 'b1'],
    ]);
  });

  it('replaces what is unavailable anyway, and then waits', () => {
    const pods = [
      pod('a1', old),
      pod('b1', { ...old, ready: false }),
      pod('c1', { ready: false }),
    ];
    expect(plan(pods)).toEqual([[], ['b1']]);
  });

  it('surges on as many nodes as allowed, and deletes the old pod afterwards', () => {
    const surging = daemonSet({ maxSurge: 1, maxUnavailable: 0 });
    const all = [pod('a1', old), pod('b1', old), pod('c1', old)];
    expect(plan(all, surging)).toEqual([['a'], []]);
    const waiting = pod('a2', { ready: false });
    expect(plan([...all, waiting], surging)).toEqual([[], []]);
    expect(plan([...all, pod('a2')], surging)).toEqual([['b'], ['a1']]);
  });
});

describe('daemonSetStatus', () => {
  it('counts nodes', () => {
    const pods = [pod('a1'), pod('b1', { hash: 'old', ready: false })];
    const nodes = [
      ...NODES,
      node('d', { taints: [{ key: 'x', effect: 'NoSchedule' }] }),
    ];
    const { status } = daemonSetStatus({
      view: view([...pods, pod('d1')], daemonSet(), nodes),
      isProcessed: true,
    });
    expect(status).toEqual({
      desiredNumberScheduled: 3,
      currentNumberScheduled: 2,
      numberMisscheduled: 1,
      numberReady: 1,
      numberAvailable: 1,
      numberUnavailable: 2,
      updatedNumberScheduled: 1,
      observedGeneration: 1,
    });
  });
});

describe('a daemon', () => {
  it('stays on nodes in trouble, but not where it is not selected', () => {
    const cordoned = node('a', {
      taints: [
        { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
      ],
    });
    expect(nodeFit(daemonSet(), cordoned).shouldRun).toBe(true);
    const selective = daemonSet({}, { nodeSelector: { disk: 'hdd' } });
    expect(nodeFit(selective, node('a'))).toEqual({
      shouldRun: false,
      mayStay: false,
    });
  });

  it('keeps its own tolerations, and has each of the automatic ones once', () => {
    const own: Toleration = {
      key: 'node.kubernetes.io/not-ready',
      operator: 'Exists',
      effect: 'NoExecute',
    };
    const keys = daemonTolerations({ containers: [], tolerations: [own] });
    expect(keys).toHaveLength(6);
    expect(
      daemonTolerations({ containers: [], hostNetwork: true }),
    ).toHaveLength(7);
  });

  it('is meant for the node of its affinity until it is bound', () => {
    expect(targetNode(pod('b1', { bound: false }))).toBe('b');
    expect(targetNode({ metadata: {}, spec: { containers: [] } })).toBe(
      undefined,
    );
  });
});
