import {
  difference,
  fieldTexts,
  FieldTree,
  hasField,
  intersection,
  isEmpty,
  recursiveDifference,
  union,
} from './FieldTree';

const set = (tree: object) => tree as FieldTree;
const labels = set({
  'f:metadata': { 'f:labels': { '.': {}, 'f:a': {}, 'f:b': {} } },
});

describe('FieldTree', () => {
  it('joins sets in the order of the real server', () => {
    const ports = (...keys: string[]) =>
      set({ 'f:ports': Object.fromEntries(keys.map(key => [key, {}])) });
    const joined = union(
      ports('k:{"port":80}', 'v:"b"', 'f:z'),
      ports('k:{"port":9}', 'v:"a"', 'f:a', 'v:2', 'i:0'),
    );
    expect(Object.keys(joined['f:ports'])).toEqual([
      'f:a',
      'f:z',
      'k:{"port":9}',
      'k:{"port":80}',
      'v:2',
      'v:"a"',
      'v:"b"',
      'i:0',
    ]);
  });

  it('keeps a field when fields below it are added, and the other way round', () => {
    const leaf = set({ 'f:spec': {} });
    const below = set({ 'f:spec': { 'f:replicas': {} } });
    const both = { 'f:spec': { '.': {}, 'f:replicas': {} } };
    expect(union(leaf, below)).toEqual(both);
    expect(union(below, leaf)).toEqual(both);
  });

  it('gives back a set that a union, difference or intersection leaves as it is', () => {
    const part = set({ 'f:metadata': { 'f:labels': { 'f:a': {} } } });
    expect(union(labels, part)).toBe(labels);
    expect(difference(labels, set({ 'f:spec': {} }))).toBe(labels);
    expect(intersection(labels, union(labels, set({ 'f:x': {} })))).toBe(
      labels,
    );
  });

  it('takes out fields, but not what is below them', () => {
    expect(
      difference(labels, set({ 'f:metadata': { 'f:labels': {} } })),
    ).toEqual({ 'f:metadata': { 'f:labels': { 'f:a': {}, 'f:b': {} } } });
  });

  it('takes out fields with all below them where asked to', () => {
    expect(
      recursiveDifference(labels, set({ 'f:metadata': { 'f:labels': {} } })),
    ).toEqual({});
    expect(isEmpty(recursiveDifference(labels, labels))).toBe(true);
  });

  it('finds what two sets share', () => {
    expect(
      intersection(
        labels,
        set({ 'f:metadata': { 'f:labels': { 'f:b': {}, 'f:c': {} } } }),
      ),
    ).toEqual({ 'f:metadata': { 'f:labels': { 'f:b': {} } } });
  });

  it('knows a field from a node on the way to fields', () => {
    expect(hasField(labels, ['f:metadata'])).toBe(false);
    expect(hasField(labels, ['f:metadata', 'f:labels'])).toBe(true);
    expect(hasField(labels, ['f:metadata', 'f:labels', 'f:a'])).toBe(true);
    expect(hasField(labels, ['f:metadata', 'f:labels', 'f:z'])).toBe(false);
  });

  it('names fields as messages do', () => {
    expect(
      fieldTexts(
        set({
          'f:spec': {
            'f:ports': {
              'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} },
            },
            'f:finalizers': { 'v:"x"': {} },
          },
        }),
      ),
    ).toEqual([
      '.spec.ports[port=80,protocol="TCP"]',
      '.spec.ports[port=80,protocol="TCP"].name',
      '.spec.finalizers[="x"]',
    ]);
  });
});
