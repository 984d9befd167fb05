import { Node, Pod } from '../../client';
import { chooseNode, nodeLoads } from './chooseNode';

const node = (name: string, cpu = '4'): Node => ({
  metadata: { name },
  status: { allocatable: { cpu, pods: '10' } },
});

const pod = (owner: string, cpu = '1'): Pod => ({
  metadata: {
    ownerReferences: [
      {
        apiVersion: 'v1',
        kind: 'X',
        name: owner,
        uid: owner,
        controller: true,
      },
    ],
  },
  spec: {
    containers: [{ name: 'c', image: 'c', resources: { requests: { cpu } } }],
  },
});

describe('chooseNode', () => {
  const nodes = [node('a'), node('b'), node('c', '8')];
  const choose = (placements: { pod: Pod; node: string }[]) =>
    chooseNode({
      pod: pod('web'),
      fitting: nodeLoads(nodes, placements),
      placements,
    });

  it('spreads siblings, then fills what is emptiest', () => {
    expect(choose([])).toBe('a');
    expect(choose([{ pod: pod('other'), node: 'a' }])).toBe('b');
    expect(
      choose([
        { pod: pod('web'), node: 'a' },
        { pod: pod('other', '2'), node: 'b' },
        { pod: pod('other', '2'), node: 'c' },
      ]),
    ).toBe('c');
  });
});
