import { Node, Pod, PodSpec } from '../../client';
import { obstaclesOn, unschedulableMessage } from './filterNodes';
import { podRequests } from './podRequests';
import { quantity } from '../../objects/quantity';

const node = (spec: Node['spec'] = {}): Node => ({
  metadata: { name: 'n', labels: { 'kubernetes.io/os': 'linux', disk: 'ssd' } },
  spec,
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
});

const pod = (spec: Partial<PodSpec> = {}, requests = {}): Pod => ({
  metadata: { name: 'p' },
  spec: {
    containers: [{ name: 'c', image: 'c', resources: { requests } }],
    ...spec,
  },
});

describe('quantity', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    ['1Ki', 1024],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2e3', 2000],
    ['1M', 1e6],
    ['1E', 1e18],
    ['bogus', 0],
    [undefined, 0],
  ])('%s is %d', (text, expected) => {
    expect(quantity(text)).toBe(expected);
  });
});

describe('podRequests', () => {
  it('adds containers and sidecars, or takes the most demanding init container', () => {
    const container = (cpu: string, restartPolicy?: string) => ({
      name: cpu,
      image: 'x',
      restartPolicy,
      resources: { requests: { cpu } },
    });
    const subject = pod({
      initContainers: [container('100m', 'Always'), container('2')],
      containers: [container('500m'), container('250m')],
    });
    expect(podRequests(subject)).toEqual({ cpu: 2.1, pods: 1 });
  });
});

describe('obstaclesOn', () => {
  it.each<[string, Node, Pod, Record<string, number>, string[]]>([
    ['nothing', node(), pod({}, { cpu: '1' }), {}, []],
    [
      'a node selector',
      node(),
      pod({ nodeSelector: { disk: 'hdd' } }),
      {},
      ["node(s) didn't match Pod's node affinity/selector"],
    ],
    [
      'required node affinity',
      node(),
      pod({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
              ],
            },
          },
        },
      }),
      {},
      ["node(s) didn't match Pod's node affinity/selector"],
    ],
    [
      'a taint',
      node({ taints: [{ key: 'a', effect: 'NoSchedule' }] }),
      pod(),
      {},
      ['node(s) had untolerated taint(s)'],
    ],
    [
      'nothing where the taint is tolerated',
      node({ taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }),
      pod({ tolerations: [{ key: 'a', operator: 'Equal', value: 'b' }] }),
      {},
      [],
    ],
    [
      'a cordon',
      node({ unschedulable: true }),
      pod(),
      {},
      ['node(s) were unschedulable'],
    ],
    [
      'lack of room',
      node(),
      pod({}, { cpu: '1', memory: '6Gi' }),
      { cpu: 3.5, memory: 3 * 2 ** 30 },
      ['Insufficient cpu', 'Insufficient memory'],
    ],
    ['too many pods', node(), pod(), { pods: 10 }, ['Too many pods']],
  ])('finds %s', (_, on, subject, used, reasons) => {
    expect(obstaclesOn({ node: on, used }, subject).reasons).toEqual(reasons);
  });
});

describe('unschedulableMessage', () => {
  it('counts the reasons as the real scheduler does', () => {
    expect(
      unschedulableMessage([
        {
          reasons: ['Insufficient memory', 'Insufficient cpu'],
          evictionHelps: false,
        },
        {
          reasons: ["node(s) didn't match Pod's node affinity/selector"],
          evictionHelps: false,
        },
      ]),
    ).toBe(
      "0/2 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    );
  });

  it('says that there are no nodes', () => {
    expect(unschedulableMessage([])).toBe(
      'no nodes available to schedule pods',
    );
  });
});
