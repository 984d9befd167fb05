import { rawDeployment } from '../__fixtures__/rawDeployment';
import { projectObject } from '../projection/projectObject';
import { WorkloadObject } from '../objects/WorkloadObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { matchingOf } from './matchingOf';
import { matchWorkloads } from './matchWorkloads';

type Labels = Record<string, string>;

const ID = 'backstage.io/kubernetes-id';
const NAME = 'app.kubernetes.io/name';

function workload(
  name: string,
  labels: Labels = {},
  templateLabels: Labels = {},
) {
  return projectObject(
    'Deployment',
    rawDeployment({ name, labels, templateLabels }),
  );
}

function matched(
  annotations: Labels,
  workloads: ReturnType<typeof workload>[],
  name = 'cart',
): string[] {
  const service: ServiceIdentity = {
    ref: `component:default/${name}`,
    namespace: 'default',
    name,
    annotations,
  };
  const { problem, ...matching } = matchingOf(service);
  return matchWorkloads({ matching, service, workloads }).map(
    ({ meta }) => meta.name,
  );
}

describe('matchWorkloads', () => {
  it.each([
    [
      'label kubernetes-id of the workload',
      workload('x', { [ID]: 'cart' }),
      true,
    ],
    [
      'label kubernetes-id of the template',
      workload('x', {}, { [ID]: 'cart' }),
      true,
    ],
    ['label app.kubernetes.io/name', workload('x', { [NAME]: 'cart' }), true],
    ['the same of the template', workload('x', {}, { [NAME]: 'cart' }), true],
    ['label app', workload('x', { app: 'cart' }), true],
    ['label app of the template', workload('x', {}, { app: 'cart' }), true],
    ['the very name', workload('cart'), true],
    [
      'the very name, labels of its own',
      workload('cart', { app: 'shop' }),
      true,
    ],
    ['a name that begins so', workload('cart-db'), false],
    ['a label that begins so', workload('x', { app: 'cart-db' }), false],
    ['another label', workload('x', { name: 'cart' }), false],
    ['another case', workload('x', { app: 'Cart' }), false],
  ])('by name: %s', (_, candidate, expected) => {
    expect(matched({}, [candidate])).toEqual(
      expected ? [candidate.meta.name] : [],
    );
  });

  it('by name: the strongest tie decides for the whole target', () => {
    const byId = workload('a', { [ID]: 'cart' });
    const byLabel = workload('b', { [NAME]: 'cart' });
    const byApp = workload('c', { app: 'cart' });
    const byName = workload('cart');
    expect(matched({}, [byName, byApp, byLabel, byId])).toEqual(['a']);
    expect(matched({}, [byName, byApp, byLabel])).toEqual(['c', 'b']);
    expect(matched({}, [byName])).toEqual(['cart']);
  });

  it('by id: no falling through to a label or a name', () => {
    const byLabel = workload('b', { [NAME]: 'cart', app: 'cart' });
    const byName = workload('cart');
    const byId = workload('c', {}, { [ID]: 'cart' });
    expect(matched({ [ID]: 'cart' }, [byLabel, byName])).toEqual([]);
    expect(matched({ [ID]: 'cart' }, [byLabel, byName, byId])).toEqual(['c']);
  });

  it('by selector: on the workload, or on its template', () => {
    const selector = {
      'backstage.io/kubernetes-label-selector': 'team=shop,tier!=db',
    };
    const workloads = [
      workload('a', { team: 'shop' }),
      workload('b', {}, { team: 'shop', tier: 'web' }),
      workload('c', { team: 'shop', tier: 'db' }, { tier: 'db' }),
      workload('cart', { [NAME]: 'cart' }),
    ];
    expect(matched(selector, workloads)).toEqual(['a', 'b']);
  });

  it.each<Labels>([
    { 'backstage.io/kubernetes-label-selector': 'app in (' },
    { 'backstage.io/kubernetes-label-selector': '' },
    { [ID]: '' },
  ])('nothing by %j', annotations => {
    expect(
      matched(annotations, [workload('cart', { app: 'cart', [ID]: '' })]),
    ).toEqual([]);
  });

  it('finds the services of a public application that carries only labels of its own', () => {
    const shop = ['carts', 'carts-db', 'orders', 'orders-db'].map(name =>
      workload(name, { name }, { name }),
    );
    expect(matched({}, shop, 'carts')).toEqual(['carts']);
    expect(matched({}, shop, 'orders-db')).toEqual(['orders-db']);
    expect(matched({}, shop, 'payment')).toEqual([]);
  });

  it('by name: Jobs join in by any tie, and hide nothing', () => {
    const job = (name: string, labels: Labels) =>
      projectObject('Job', {
        metadata: { name, uid: name, labels },
      });
    const service = { ref: 'x', namespace: 'default', name: 'cart' };
    const of = (...workloads: WorkloadObject[]) =>
      matchWorkloads({
        matching: { rule: 'name', id: 'cart' },
        service: { ...service, annotations: {} },
        workloads,
      }).map(({ meta }) => meta.name);
    const migration = job('migrate', { [ID]: 'cart' });
    const other = job('other', { app: 'search' });
    expect(of(migration, workload('cart'), other)).toEqual(['cart', 'migrate']);
    expect(of(migration, job('cart', {}))).toEqual(['migrate']);
    expect(of(other)).toEqual([]);
  });
});
