import { capUpdaters } from './capUpdaters';
import { FieldTree } from './FieldTree';
import {
  clearsManagers,
  ManagerEntry,
  managerId,
  Managers,
  readManagers,
  sameManagers,
  writeManagers,
} from './Managers';
import { managerName } from './managerName';
import { scaleOwners, workloadOwners } from './scaleOwners';

const field = (...names: string[]) =>
  names.reduceRight<any>(
    (below, name) => ({ [`f:${name}`]: below }),
    {},
  ) as FieldTree;

function entry(more: Partial<ManagerEntry>): ManagerEntry {
  return {
    manager: 'me',
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-01-01T00:00:00Z',
    fields: field('data', 'x'),
    ...more,
  };
}
const managersOf = (...entries: ManagerEntry[]): Managers =>
  new Map(entries.map(each => [managerId(each), each]));
const written = (...entries: ManagerEntry[]) =>
  writeManagers(managersOf(...entries))!;

describe('managers', () => {
  it('are written in order of operation, time, name, version and subresource', () => {
    const later = '2026-01-01T00:00:01Z';
    expect(
      written(
        entry({ manager: 'b' }),
        entry({ manager: 'a', time: later, apiVersion: 'v2' }),
        entry({ manager: 'a', subresource: 'status' }),
        entry({ manager: 'a' }),
        entry({ manager: 'z', operation: 'Apply', time: later }),
        entry({ manager: 'c', time: undefined }),
      ).map(it =>
        [it.operation, it.manager, it.subresource, it.time].join(' '),
      ),
    ).toEqual([
      `Apply z  ${later}`,
      'Update c  ',
      'Update a  2026-01-01T00:00:00Z',
      'Update a status 2026-01-01T00:00:00Z',
      'Update b  2026-01-01T00:00:00Z',
      `Update a  ${later}`,
    ]);
  });

  it('come back as they were written', () => {
    const managers = managersOf(entry({}), entry({ operation: 'Apply' }));
    const text = JSON.stringify(writeManagers(managers));
    expect(writeManagers(readManagers(JSON.parse(text)))).toEqual(
      JSON.parse(text),
    );
  });

  it('are the same whatever their times, and not where fields differ', () => {
    const [one] = written(entry({}));
    const [later] = written(entry({ time: '2027-01-01T00:00:00Z' }));
    const [other] = written(entry({ fields: field('data', 'y') }));
    expect(sameManagers([one], [later])).toBe(true);
    expect(sameManagers([one], JSON.parse(JSON.stringify([later])))).toBe(true);
    expect(sameManagers([one], [other])).toBe(false);
    expect(sameManagers([one], undefined)).toBe(false);
  });

  it.each([
    [{ operation: 'Nonsense', apiVersion: 'v1', fieldsType: 'FieldsV1' }],
    [{ operation: 'Update', apiVersion: '', fieldsType: 'FieldsV1' }],
    [{ operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV2' }],
    [
      {
        operation: 'Update',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { x: {} },
      },
    ],
  ])('are refused as %p', data => {
    expect(() => readManagers([data])).toThrow();
  });

  it('are cleared by nothing in a list', () => {
    expect(clearsManagers(undefined)).toBe(false);
    expect(clearsManagers([])).toBe(true);
    expect(clearsManagers([{}])).toBe(true);
    expect(clearsManagers([{}, {}])).toBe(false);
  });
});

describe('capUpdaters', () => {
  it('merges the oldest of a version, and keeps ten', () => {
    const managers = managersOf(
      ...Array.from({ length: 12 }, (_, index) =>
        entry({
          manager: `m${index}`,
          time: `2026-01-01T00:00:${String(index).padStart(2, '0')}Z`,
          fields: field('data', `x${index}`),
        }),
      ),
      entry({ manager: 'applier', operation: 'Apply' }),
    );
    capUpdaters(managers);
    expect(managers.size).toBe(11);
    const bucket = [...managers.values()].find(
      ({ manager }) => manager === 'ancient-changes',
    )!;
    expect(bucket.time).toBe('2026-01-01T00:00:02Z');
    expect(Object.keys(bucket.fields['f:data'])).toEqual([
      'f:x0',
      'f:x1',
      'f:x2',
    ]);
  });
});

describe('managerName', () => {
  it.each([
    ['koala', 'kubectl/v1', 'koala'],
    [undefined, 'kubectl/v1.35.1 (linux/amd64)', 'kubectl'],
    ['', 'curl', 'curl'],
    [undefined, '/x', 'unknown'],
    [undefined, undefined, 'unknown'],
    [undefined, 'a\tb\u00a0c d', 'abc d'],
    [undefined, 'é'.repeat(70), 'é'.repeat(64)],
  ])('of %p and %p is %p', (named, agent, name) => {
    expect(managerName(named, agent)).toBe(name);
  });
});

describe('the replicas of a workload', () => {
  const replicas = field('spec', 'replicas');
  const workload = written(
    entry({
      apiVersion: 'apps/v1',
      fields: { 'f:spec': { 'f:paused': {}, 'f:replicas': {} } } as any,
    }),
    entry({
      apiVersion: 'apps/v1',
      manager: 'status',
      fields: field('status'),
    }),
  );

  it('have the same owners in its Scale', () => {
    expect(scaleOwners('apps/v1', workload)).toEqual(
      written(entry({ apiVersion: 'autoscaling/v1', fields: replicas })),
    );
  });

  it('go to who takes them there', () => {
    const taken = workloadOwners({
      apiVersion: 'apps/v1',
      workload,
      scale: written(
        entry({
          manager: 'scaler',
          apiVersion: 'autoscaling/v1',
          subresource: 'scale',
          fields: replicas,
        }),
      ),
    });
    expect(taken).toEqual(
      written(
        entry({ apiVersion: 'apps/v1', fields: field('spec', 'paused') }),
        entry({
          apiVersion: 'apps/v1',
          manager: 'status',
          fields: field('status'),
        }),
        entry({
          manager: 'scaler',
          apiVersion: 'apps/v1',
          subresource: 'scale',
          time: undefined,
          fields: replicas,
        }),
      ),
    );
  });
});
