import { applyStrategicMergePatch, Json } from './strategicMergePatch';

const podSpec = (target: Json, patch: Json) =>
  applyStrategicMergePatch({ target, patch, definition: 'core.v1.PodSpec' });
const names = (list: unknown) =>
  (list as { name: string }[]).map(({ name }) => name);

describe('applyStrategicMergePatch', () => {
  const containers = [
    { name: 'app', image: 'a:1', env: [{ name: 'X', value: '1' }] },
    { name: 'proxy', image: 'p:1' },
  ];

  it('merges lists by their merge key, at every depth', () => {
    expect(
      podSpec(
        { containers },
        {
          containers: [
            { name: 'app', image: 'a:2', env: [{ name: 'Y', value: '2' }] },
          ],
        },
      ),
    ).toEqual({
      containers: [
        {
          name: 'app',
          image: 'a:2',
          env: [
            { name: 'Y', value: '2' },
            { name: 'X', value: '1' },
          ],
        },
        { name: 'proxy', image: 'p:1' },
      ],
    });
  });

  it('puts new elements before those that only the server has', () => {
    const { containers: merged } = podSpec(
      { containers },
      { containers: [{ name: 'side', image: 's:1' }] },
    );
    expect(names(merged)).toEqual(['side', 'app', 'proxy']);
  });

  it('follows $setElementOrder, also without a list of changes', () => {
    expect(
      names(
        podSpec(
          { containers },
          {
            '$setElementOrder/containers': [
              { name: 'proxy' },
              { name: 'side' },
              { name: 'app' },
            ],
            containers: [{ name: 'side', image: 's:1' }],
          },
        ).containers,
      ),
    ).toEqual(['proxy', 'side', 'app']);
    expect(
      names(
        podSpec(
          { containers },
          {
            '$setElementOrder/containers': [{ name: 'proxy' }, { name: 'app' }],
          },
        ).containers,
      ),
    ).toEqual(['proxy', 'app']);
  });

  it('deletes and replaces elements with $patch', () => {
    expect(
      names(
        podSpec(
          { containers },
          { containers: [{ name: 'proxy', $patch: 'delete' }] },
        ).containers,
      ),
    ).toEqual(['app']);
    expect(
      podSpec(
        { containers },
        { containers: [{ $patch: 'replace' }, { name: 'only', image: 'o' }] },
      ),
    ).toEqual({ containers: [{ name: 'only', image: 'o' }] });
  });

  it('replaces and deletes maps with $patch', () => {
    const target = { nodeSelector: { a: '1' }, hostname: 'h' };
    expect(
      podSpec(target, { nodeSelector: { $patch: 'replace', b: '2' } }),
    ).toEqual({ nodeSelector: { b: '2' }, hostname: 'h' });
    expect(podSpec(target, { nodeSelector: { $patch: 'delete' } })).toEqual({
      nodeSelector: {},
      hostname: 'h',
    });
    expect(() => podSpec(target, { $patch: 'spoil' })).toThrow(
      'unknown patch type: spoil in map: map[$patch:spoil]',
    );
  });

  it('keeps only $retainKeys, as a volume that changes its kind needs', () => {
    expect(
      podSpec(
        { volumes: [{ name: 'v', emptyDir: {} }] },
        {
          volumes: [
            {
              name: 'v',
              $retainKeys: ['name', 'secret'],
              secret: { secretName: 's' },
            },
          ],
        },
      ),
    ).toEqual({ volumes: [{ name: 'v', secret: { secretName: 's' } }] });
  });

  it('adds to and deletes from lists of scalars', () => {
    const apply = (patch: Json) =>
      applyStrategicMergePatch({
        target: { finalizers: ['a', 'b'] },
        patch,
        definition: 'meta.v1.ObjectMeta',
      });
    expect(apply({ finalizers: ['c', 'a'] })).toEqual({
      finalizers: ['c', 'a', 'b'],
    });
    expect(apply({ '$deleteFromPrimitiveList/finalizers': ['a'] })).toEqual({
      finalizers: ['b'],
    });
  });

  it('replaces lists that have no merge key', () => {
    expect(
      podSpec({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] }),
    ).toEqual({ tolerations: [{ key: 'b' }] });
  });

  it('deletes with null, and takes nothing of null or a directive into what is new', () => {
    expect(
      podSpec(
        { hostname: 'h' },
        {
          hostname: null,
          securityContext: { runAsUser: null, runAsGroup: 1 },
          volumes: [{ name: 'v', $patch: 'delete' }],
        },
      ),
    ).toEqual({ securityContext: { runAsGroup: 1 }, volumes: [] });
  });

  it('refuses elements without their merge key', () => {
    expect(() =>
      podSpec({ containers }, { containers: [{ image: 'noname' }] }),
    ).toThrow(
      'map: map[image:noname] does not contain declared merge key: name',
    );
  });

  it('does not change what it merges', () => {
    const before = JSON.stringify(containers);
    podSpec({ containers }, { containers: [{ name: 'app', image: 'z' }] });
    expect(JSON.stringify(containers)).toBe(before);
  });
});
