import { Fields, KubeObject } from '../objects/KubeObject';
import { resourceType } from '../registry/Registry';
import { applyObject, ApplyRequest } from './applyObject';
import { ownersAfterWrite } from './fieldOwners';

const type = resourceType('v1', 'configmaps')!;
const configMap = (data: Fields, annotations?: Fields) =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', ...(annotations && { annotations }) },
    data,
  } as unknown as KubeObject);

function apply(
  live: KubeObject | undefined,
  applied: Fields,
  more: { manager?: string; at?: number } & Partial<ApplyRequest> = {},
): KubeObject {
  const { manager = 'me', at = 1, ...rest } = more;
  const { object, managedFields } = applyObject({
    type,
    live,
    applied,
    force: false,
    faults: {},
    writer: { manager, time: `2026-01-01T00:00:0${at}Z` },
    ...rest,
  });
  return {
    ...object,
    metadata: { ...object.metadata, managedFields },
  } as KubeObject;
}

function update(before: KubeObject, after: KubeObject, manager: string) {
  const managedFields = ownersAfterWrite({
    type,
    before,
    after,
    writer: { manager, time: '2026-01-01T00:00:09Z' },
  });
  return { ...after, metadata: { ...after.metadata, managedFields } };
}

const owners = ({ metadata }: KubeObject) =>
  (metadata.managedFields ?? []).map(
    ({ manager, operation, fieldsV1, time }) =>
      `${manager} ${operation} ${Object.keys(fieldsV1['f:data'] ?? {}).join()}${
        time ? '' : ' without time'
      }`,
  );

describe('applyObject', () => {
  it('creates, changes, and removes what is left out', () => {
    const created = apply(undefined, configMap({ x: '1', y: '1' }));
    expect(created.data).toEqual({ x: '1', y: '1' });
    const changed = apply(created, configMap({ x: '2' }), { at: 2 });
    expect(changed.data).toEqual({ x: '2' });
    expect(owners(changed)).toEqual(['me Apply f:x']);
    expect(changed.metadata.managedFields![0].time).toBe(
      '2026-01-01T00:00:02Z',
    );
  });

  it('keeps the time where nothing changes, and has none for who comes later', () => {
    const created = apply(undefined, configMap({ x: '1' }));
    expect(apply(created, configMap({ x: '1' }), { at: 2 })).toEqual(created);
    const shared = apply(created, configMap({ x: '1' }), { manager: 'you' });
    expect(owners(shared)).toEqual([
      'you Apply f:x without time',
      'me Apply f:x',
    ]);
  });

  it('changes neither the live object nor its owners', () => {
    const live = apply(undefined, configMap({ x: '1', y: '1' }));
    const before = JSON.stringify(live);
    apply(live, configMap({ y: '2' }), { force: true, manager: 'you' });
    expect(JSON.stringify(live)).toBe(before);
  });

  it('refuses what others own, and takes it by force', () => {
    const live = apply(undefined, configMap({ x: '1' }));
    expect(() =>
      apply(live, configMap({ x: '2' }), { manager: 'you' }),
    ).toThrow('Apply failed with 1 conflict: conflict with "me": .data.x');
    const forced = apply(live, configMap({ x: '2' }), {
      manager: 'you',
      force: true,
    });
    expect(owners(forced)).toEqual(['you Apply f:x']);
  });

  it('leaves to an updater what the updater has changed', () => {
    const live = apply(undefined, configMap({ x: '1', y: '1' }));
    const updated = update(live, configMap({ x: '1', y: '2' }), 'you');
    expect(owners(updated)).toEqual(['me Apply f:x', 'you Update f:y']);
    expect(apply(updated, configMap({ x: '1' })).data).toEqual({
      x: '1',
      y: '2',
    });
  });

  it('names an owner for what nobody followed', () => {
    const live = apply(configMap({ x: '1' }), configMap({ y: '1' }));
    expect(owners(live)).toEqual([
      'me Apply f:y',
      'before-first-apply Update .,f:x',
    ]);
  });

  it('lets kubectl go on from its client-side apply, with the annotation kept up', () => {
    const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
    const plain = configMap({ x: '1' });
    const made = configMap({ x: '1' }, { [annotation]: JSON.stringify(plain) });
    const live = update(
      apply(undefined, configMap({ other: '1' }), { manager: 'first' }),
      made,
      'kubectl-client-side-apply',
    );
    const moved = apply(live, configMap({ x: '2' }), { manager: 'kubectl' });
    expect(moved.data).toEqual({ x: '2' });
    expect(JSON.parse(moved.metadata.annotations![annotation]).data).toEqual({
      x: '2',
    });
    expect(() => apply(live, configMap({ x: '2' }))).toThrow('1 conflict');
  });

  it.each([
    [
      { kind: 'Secret', apiVersion: 'v1' },
      'invalid object type: /v1, Kind=Secret',
    ],
    [
      { kind: 'ConfigMap', apiVersion: 'apps/v1' },
      'invalid object type: apps/v1, Kind=ConfigMap',
    ],
    [
      { kind: 'ConfigMap', apiVersion: 'v1', metadata: { managedFields: [] } },
      'metadata.managedFields must be nil',
    ],
    [
      { kind: 'ConfigMap', apiVersion: 'v1', data: { x: 1 } },
      'failed to create typed patch object (/; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:1}',
    ],
    [
      { kind: 'ConfigMap', apiVersion: 'v1', metadata: 'x' },
      '.metadata: expected map, got &{x}',
    ],
  ])('refuses %p', (applied, message) => {
    expect(() => apply(undefined, applied)).toThrow(message);
  });
});
