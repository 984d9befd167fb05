import { mergeValues } from './mergeValues';
import { removeFields } from './removeFields';
import { FieldTree } from './FieldTree';
import { topologyOfDefinition } from './Topology';

const pod = topologyOfDefinition('core.v1.Pod');
const containers = (...names: string[]) => ({
  spec: { containers: names.map(name => ({ name })) },
});
const namesOf = (object: any) =>
  object.spec.containers.map(({ name }: { name: string }) => name).join('');

describe('mergeValues', () => {
  it.each([
    ['abc', 'b', 'abc'],
    ['abc', 'cb', 'acb'],
    ['abc', 'xb', 'axbc'],
    ['abc', 'bx', 'abcx'],
    ['abcd', 'dxa', 'bcdxa'],
    ['ab', 'cd', 'abcd'],
    ['abcdef', 'fxbya', 'cdefxbya'],
    ['abcdef', 'xeyc', 'abdxefyc'],
    ['abcdef', 'edcba', 'efdcba'],
    ['', 'ab', 'ab'],
    ['ab', '', 'ab'],
  ])('merges the items %s with %s to %s', (live, applied, merged) => {
    const result = mergeValues(
      pod,
      containers(...live),
      containers(...applied),
    );
    expect(namesOf(result).length).toBe(merged.length);
    expect(
      [...namesOf(result)].filter(it => applied.includes(it)).join(''),
    ).toBe(applied);
    expect(namesOf(result)).toBe(merged);
  });

  it('puts applied fields over live ones and removes nothing', () => {
    expect(
      mergeValues(
        pod,
        {
          metadata: { labels: { a: '1', b: '1' } },
          spec: { nodeSelector: { a: '1' }, hostname: 'x' },
        },
        {
          metadata: { labels: { b: '2', __proto__x: '3' } },
          spec: { nodeSelector: { b: '2' } },
        },
      ),
    ).toEqual({
      metadata: { labels: { a: '1', b: '2', __proto__x: '3' } },
      spec: { nodeSelector: { b: '2' }, hostname: 'x' },
    });
  });

  it('keeps an empty struct that is applied, and a null', () => {
    expect(
      mergeValues(pod, {}, { spec: { securityContext: {}, hostname: null } }),
    ).toEqual({ spec: { securityContext: {}, hostname: null } });
  });
});

describe('removeFields', () => {
  it('removes entries and items, and leaves null where nothing is left', () => {
    expect(
      removeFields(
        pod,
        {
          metadata: { labels: { a: '1' }, finalizers: ['x', 'y'] },
          spec: { containers: [{ name: 'a', image: 'x' }], hostname: 'h' },
        },
        {
          'f:metadata': {
            'f:labels': { 'f:a': {} },
            'f:finalizers': { 'v:"x"': {} },
          },
          'f:spec': {
            'f:hostname': {},
            'f:containers': { 'k:{"name":"a"}': { 'f:image': {} } },
          },
        } as unknown as FieldTree,
      ),
    ).toEqual({
      metadata: { labels: null, finalizers: ['y'] },
      spec: { containers: [{ name: 'a' }] },
    });
  });
});
