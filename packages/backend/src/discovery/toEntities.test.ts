import { LabelledWorkload } from './serviceNameOf';
import { toEntities } from './toEntities';

interface Given {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  podLabels?: Record<string, string>;
}

function deployment(given: Given): LabelledWorkload {
  const { name, namespace = 'shop', labels, podLabels } = given;
  return {
    metadata: { name, namespace, labels },
    spec: { template: { metadata: { labels: podLabels } } },
  };
}

function entitiesOf(...workloads: Given[]) {
  return toEntities(
    workloads.map(workload => ({
      cluster: 'dev',
      workload: deployment(workload),
    })),
  );
}

function named(kind: string, ...workloads: Given[]) {
  return entitiesOf(...workloads)
    .filter(entity => entity.kind === kind)
    .map(({ metadata }) => metadata.name);
}

describe('toEntities', () => {
  it.each<[string, Given, string]>([
    [
      'app.kubernetes.io/name first',
      {
        name: 'x-1',
        labels: { app: 'b', 'app.kubernetes.io/name': 'a' },
      },
      'a',
    ],
    ['then app', { name: 'x-1', labels: { app: 'b' } }, 'b'],
    ['on the pod template too', { name: 'x-1', podLabels: { app: 'c' } }, 'c'],
    [
      "the workload's own label before its pods'",
      { name: 'x-1', labels: { app: 'd' }, podLabels: { app: 'c' } },
      'd',
    ],
    [
      'the name where there is no label',
      { name: 'carts', labels: { name: 'other' } },
      'carts',
    ],
  ])('takes %s', (_, workload, expected) => {
    expect(named('Component', workload)).toEqual([expected]);
  });

  it('makes one component of the workloads of one service', () => {
    const [component] = toEntities([
      {
        cluster: 'prod',
        workload: deployment({ name: 'cart', namespace: 'b' }),
      },
      {
        cluster: 'dev',
        workload: deployment({ name: 'cart', namespace: 'a' }),
      },
    ]).filter(({ kind }) => kind === 'Component');
    expect(component.metadata.description).toBe('Found in dev/a, prod/b');
  });

  it('makes a system of what they are part of, and puts them in it', () => {
    const labels = { 'app.kubernetes.io/part-of': 'sock-shop' };
    const entities = entitiesOf(
      { name: 'cart', labels },
      { name: 'front-end', labels },
      { name: 'alone' },
    );
    expect(
      entities
        .filter(({ kind }) => kind === 'System')
        .map(e => e.metadata.name),
    ).toEqual(['sock-shop']);
    expect(
      entities
        .filter(({ kind }) => kind === 'Component')
        .map(({ metadata, spec }) => [metadata.name, spec?.system]),
    ).toEqual([
      ['alone', undefined],
      ['cart', 'sock-shop'],
      ['front-end', 'sock-shop'],
    ]);
  });

  it('gives every component an owner that exists, of whom the guest is a member', () => {
    const entities = entitiesOf({ name: 'cart' });
    const byKind = new Map(entities.map(entity => [entity.kind, entity]));
    const team = byKind.get('Group')?.metadata.name;
    expect(byKind.get('Component')?.spec?.owner).toBe(team);
    expect(byKind.get('User')?.spec?.memberOf).toEqual([team]);
  });

  it('finds the workloads of a name that the catalog cannot carry by their label', () => {
    const long = 'x'.repeat(63).concat('y');
    const [component] = entitiesOf({ name: 'w', labels: { app: long } }).filter(
      ({ kind }) => kind === 'Component',
    );
    expect(component.metadata.title).toBe(long);
    expect(component.metadata.annotations).toMatchObject({
      'backstage.io/kubernetes-label-selector': `app=${long}`,
    });
  });

  it('gives the same for the same in another order', () => {
    const workloads = [{ name: 'b' }, { name: 'a' }, { name: 'c' }];
    expect(entitiesOf(...workloads)).toEqual(
      entitiesOf(...[...workloads].reverse()),
    );
  });

  it('gives nothing for nothing', () => {
    expect(entitiesOf()).toEqual([]);
  });

  it('survives a workload without metadata or with null labels', () => {
    expect(
      toEntities([
        { cluster: 'dev', workload: {} },
        { cluster: 'dev', workload: { metadata: { name: 'a', labels: null } } },
      ])
        .filter(({ kind }) => kind === 'Component')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['a']);
  });
});
