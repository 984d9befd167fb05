import { ConfigReader } from '@backstage/config';
import { ServiceIdentity } from '@koala-ops/backstage-plugin-koala-common';
import { ServiceCatalogChange } from '../catalog/ServiceCatalog';
import { readKoalaConfig } from '../config/readKoalaConfig';
import { MemoryInventory } from './__testUtils__/MemoryInventory';
import { CREATED_MS, rawDeployment } from './__testUtils__/rawObjects';
import { WATCHED_RESOURCES } from '../reflector/WatchedResource';
import { Placement } from './Placement';
import { ResolvedChange } from './ResolvedChange';
import { Resolver } from './Resolver';

const environments = [
  {
    name: 'dev',
    targets: [{ cluster: 'dev', namespaces: { template: '{system}-dev' } }],
  },
  {
    name: 'prod',
    promotesFrom: 'dev',
    targets: [
      { cluster: 'prod-eu', name: 'eu', namespaces: ['shop'] },
      { cluster: 'prod-us', name: 'us', namespaces: ['shop'] },
    ],
  },
];

function service(
  name: string,
  more: Partial<ServiceIdentity> = {},
): ServiceIdentity {
  return {
    ref: `component:default/${name}`,
    namespace: 'default',
    name,
    system: 'system:default/shop',
    annotations: {},
    ...more,
  };
}

class MemoryCatalog {
  readonly ready = true;
  readonly #services = new Map<string, ServiceIdentity>();
  readonly #listeners = new Set<(change: ServiceCatalogChange) => void>();

  services = () => this.#services;

  subscribe = (listener: (change: ServiceCatalogChange) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(...changed: ServiceIdentity[]) {
    changed.forEach(one => this.#services.set(one.ref, one));
    this.#listeners.forEach(listener => listener({ changed, removed: [] }));
  }

  remove(ref: string) {
    this.#services.delete(ref);
    this.#listeners.forEach(listener =>
      listener({ changed: [], removed: [ref] }),
    );
  }
}

/** Lets everything that was scheduled happen. */
async function settle() {
  for (let i = 0; i < 5; i += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('Resolver', () => {
  let now: number;
  let inventory: MemoryInventory;
  let catalog: MemoryCatalog;
  let placement: Placement;
  let resolver: Resolver;
  let changes: ResolvedChange[];

  beforeEach(() => {
    now = CREATED_MS + 3_600_000;
    inventory = new MemoryInventory('dev', 'prod-eu', 'prod-us');
    catalog = new MemoryCatalog();
    placement = new Placement();
    resolver = Resolver.create({
      placement,
      config: readKoalaConfig(new ConfigReader({ koala: { environments } })),
      inventory,
      catalog,
      now: () => now,
      instance: 'test',
    });
    changes = [];
    resolver.subscribe(change => changes.push(change));
    resolver.start();
  });

  afterEach(() => resolver.stop());

  function cell(name: string, environment: string) {
    return resolver
      .cellsOf(`component:default/${name}`)
      .find(candidate => candidate.cell.environment === environment)!.cell;
  }

  function changedSince(count: number) {
    return changes
      .slice(count)
      .flatMap(({ cells }) =>
        cells.map(
          change =>
            `${change.cell.cell.service.split('/')[1]} ${
              change.cell.cell.environment
            } ${change.targets.join('+')}`,
        ),
      );
  }

  it('shows a service where it runs, and as not deployed where it does not', async () => {
    catalog.set(service('cart'));
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '2.6.0' }),
    );
    await settle();
    expect(cell('cart', 'dev').status).toBe('not-deployed');
    expect(cell('cart', 'prod')).toMatchObject({
      status: 'healthy',
      coverage: { deployed: 1, targets: 2 },
      targets: [
        { target: 'eu', status: 'healthy', release: { version: '2.6.0' } },
        { target: 'us', status: 'not-deployed' },
      ],
    });
  });

  it('resolves only what a change concerns', async () => {
    catalog.set(service('cart'), service('ledger'));
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop' }),
      ...rawDeployment({ name: 'ledger', namespace: 'shop' }),
    );
    await settle();
    const count = changes.length;
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '2.0.0' }),
    );
    await settle();
    expect(changedSince(count)).toEqual(['cart prod eu']);
  });

  it('knows which namespaces of a cluster are looked into', async () => {
    catalog.set(
      service('cart'),
      service('ledger', { system: 'system:default/payments' }),
    );
    expect([...placement.namespacesOn('dev')].sort()).toEqual([
      'payments-dev',
      'shop-dev',
    ]);
    expect(placement.namespacesOn('prod-us')).toEqual(['shop']);
    catalog.remove('component:default/ledger');
    expect(placement.namespacesOn('dev')).toEqual(['shop-dev']);
  });

  it('makes no revision of a change that shows nowhere', async () => {
    catalog.set(service('cart'));
    await settle();
    const { number } = resolver;
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'stranger', namespace: 'shop' }),
      ...rawDeployment({ name: 'cart', namespace: 'elsewhere' }),
    );
    await settle();
    expect(resolver.number).toBe(number);
  });

  it('follows a workload that is relabelled, and one that is deleted', async () => {
    const labelled = (id: string) =>
      rawDeployment({
        name: 'web',
        namespace: 'shop-dev',
        labels: { 'backstage.io/kubernetes-id': id },
      });
    catalog.set(service('cart'), service('ledger'));
    inventory.put('dev', ...labelled('cart'));
    await settle();
    expect(cell('cart', 'dev').status).toBe('healthy');

    inventory.put('dev', ...labelled('ledger'));
    await settle();
    expect(cell('cart', 'dev').status).toBe('not-deployed');
    expect(cell('ledger', 'dev').status).toBe('healthy');

    inventory.remove('dev', 'shop-dev/web');
    await settle();
    expect(cell('ledger', 'dev').status).toBe('not-deployed');
  });

  it('calls the cells of a lost cluster unknown, with what was known, and touches no other', async () => {
    catalog.set(service('cart'));
    const raw = rawDeployment({ name: 'cart', namespace: 'shop' });
    inventory.put('prod-eu', ...raw);
    inventory.put('prod-us', ...raw);
    await settle();
    const count = changes.length;
    inventory.setState('prod-us', {
      condition: 'unreachable',
      since: now,
      lastByteAt: now - 9_000,
      message: 'prod-us does not answer.',
    });
    await settle();
    expect(changedSince(count)).toEqual(['cart prod us']);
    expect(changes.slice(count).flatMap(({ clusters }) => clusters)).toEqual([
      expect.objectContaining({ name: 'prod-us' }),
    ]);
    expect(cell('cart', 'prod')).toMatchObject({
      status: 'unknown',
      targets: [
        { target: 'eu', status: 'healthy' },
        {
          target: 'us',
          status: 'unknown',
          reason: { code: 'ClusterUnreachable' },
          lastKnown: { status: 'healthy', asOf: now - 9_000 },
          release: { version: '1.0.0' },
        },
      ],
    });

    inventory.setState('prod-us', { condition: 'live' });
    await settle();
    expect(cell('cart', 'prod').status).toBe('healthy');
  });

  it.each([
    ['not synced', { synced: false }, 'NotYetSynced'],
    [
      'forbidden',
      { synced: false, error: { code: 'forbidden' as const, message: '403' } },
      'KindForbidden',
    ],
    [
      'broken',
      { synced: true, error: { code: 'broken' as const, message: 'html' } },
      'KindUnreadable',
    ],
  ])('never says healthy while pods are %s', async (_, state, code) => {
    inventory.setKind('dev', 'Pod', state);
    inventory.put(
      'dev',
      ...rawDeployment({ name: 'cart', namespace: 'shop-dev' }),
    );
    catalog.set(service('cart'));
    await settle();
    expect(cell('cart', 'dev')).toMatchObject({
      status: 'unknown',
      targets: [{ reason: { code } }],
    });
  });

  it('says that a namespace cannot be derived, on the cell and on the service', async () => {
    catalog.set(service('cart', { system: undefined }));
    await settle();
    expect(cell('cart', 'dev')).toMatchObject({
      status: 'unknown',
      targets: [{ reason: { code: 'NamespaceCannotBeDerived' } }],
    });
    expect(resolver.services().get('component:default/cart')?.findings).toEqual(
      [expect.objectContaining({ code: 'NamespaceCannotBeDerived' })],
    );
  });

  it('flags two entities of one name, until one of them is gone', async () => {
    const other = service('cart', { ref: 'component:team/cart' });
    catalog.set(service('cart'), other);
    await settle();
    const findings = (ref: string) => resolver.services().get(ref)?.findings;
    expect(findings('component:default/cart')).toEqual([
      expect.objectContaining({ code: 'AmbiguousName' }),
    ]);
    expect(findings('component:team/cart')).toHaveLength(1);

    catalog.remove('component:team/cart');
    await settle();
    expect(findings('component:default/cart')).toBeUndefined();
    expect(findings('component:team/cart')).toBeUndefined();
  });

  it('flags a workload that two services claim', async () => {
    catalog.set(
      service('cart'),
      service('basket', {
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=cart' },
      }),
    );
    inventory.put(
      'dev',
      ...rawDeployment({ name: 'cart', namespace: 'shop-dev' }),
    );
    await settle();
    expect(resolver.services().get('component:default/basket')).toMatchObject({
      matchedBy: 'kubernetes-label-selector',
      findings: [
        {
          code: 'ClaimedTwice',
          message: expect.stringContaining('component:default/cart'),
        },
      ],
    });
  });

  it('points at a workload that is called almost like a service without any, until somebody claims it', async () => {
    catalog.set(service('cartservice'));
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart-service', namespace: 'shop' }),
    );
    await settle();
    const findings = () =>
      resolver.services().get('component:default/cartservice')!.findings;
    expect(findings()).toEqual([
      {
        code: 'NearMiss',
        environment: 'prod',
        message: expect.stringContaining('says cart-service, not cartservice'),
        workload: {
          kind: 'Deployment',
          name: 'cart-service',
          namespace: 'shop',
        },
      },
    ]);

    catalog.set(service('cart-service'));
    await settle();
    expect(findings()).toBeUndefined();
    catalog.remove('component:default/cart-service');
    await settle();
    expect(findings()).toHaveLength(1);
    inventory.remove('prod-eu', 'shop/cart-service');
    await settle();
    expect(findings()).toBeUndefined();
  });

  it('has no near miss for a service that runs', async () => {
    catalog.set(service('cart'));
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop' }),
      ...rawDeployment({ name: 'cart-service', namespace: 'shop' }),
    );
    await settle();
    // It runs in one region only; the other one has nothing that could be meant.
    expect(
      resolver.services().get('component:default/cart')!.findings,
    ).toBeUndefined();
  });

  it('says how far a target is behind, and follows what is rolled out upstream', async () => {
    catalog.set(service('cart'));
    inventory.put(
      'dev',
      ...rawDeployment({
        name: 'cart',
        namespace: 'shop-dev',
        version: '1.0.0',
      }),
    );
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '1.0.0' }),
    );
    await settle();
    expect(cell('cart', 'prod')).not.toHaveProperty('behind');

    const [deployment, replicaSet, pod] = rawDeployment({
      name: 'cart',
      namespace: 'shop-dev',
      version: '1.2.0',
    });
    const revised = (object: any, revision: string, uid: string) => ({
      ...object,
      metadata: {
        ...object.metadata,
        uid,
        name: uid.replace('/', '-'),
        resourceVersion: revision,
        annotations: { 'deployment.kubernetes.io/revision': revision },
      },
    });
    inventory.put(
      'dev',
      {
        ...deployment,
        metadata: {
          ...deployment.metadata,
          resourceVersion: '9',
          annotations: { 'deployment.kubernetes.io/revision': '2' },
        },
      },
      revised(replicaSet, '2', 'shop-dev/cart-rs2'),
      pod,
    );
    await settle();
    expect(cell('cart', 'prod')).toMatchObject({
      behind: { environment: 'dev', by: 1 },
      targets: [{ behind: { environment: 'dev', by: 1 } }, {}],
    });
    expect(cell('cart', 'dev')).not.toHaveProperty('behind');

    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '1.2.0' }),
    );
    await settle();
    expect(cell('cart', 'prod')).not.toHaveProperty('behind');
  });

  it('names the namespace that may not be read, in the cells that are in it and in no other', async () => {
    catalog.set(
      service('cart'),
      service('ledger', { system: 'system:default/payments' }),
    );
    inventory.put(
      'dev',
      ...rawDeployment({ name: 'cart', namespace: 'shop-dev' }),
    );
    await settle();
    const refused = {
      synced: false,
      error: {
        code: 'forbidden',
        message: '403',
        verb: 'watch',
      },
    } as const;
    for (const kind of WATCHED_RESOURCES.map(resource => resource.kind)) {
      inventory.setKind('dev', kind, refused, 'payments-dev');
    }
    await settle();
    expect(cell('cart', 'dev').status).toBe('healthy');
    expect(cell('ledger', 'dev').targets[0]).toMatchObject({
      status: 'unknown',
      reason: {
        code: 'NamespaceForbidden',
        message: expect.stringMatching(
          /may not watch .*Deployment.* in the namespace payments-dev of dev/,
        ),
      },
    });
  });

  it('looks where the entity names its namespaces itself, and says what of that cannot be read', async () => {
    inventory.put(
      'prod-eu',
      ...rawDeployment({ name: 'cart', namespace: 'basket' }),
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '2.0.0' }),
    );
    catalog.set(
      service('cart', {
        system: undefined,
        annotations: { 'koala.io/namespaces': 'dev=own,prod=basket,qa=x,oops' },
      }),
    );
    await settle();
    expect(cell('cart', 'dev').status).toBe('not-deployed');
    expect(cell('cart', 'prod').targets[0].release?.version).toBe('1.0.0');
    expect(placement.namespacesOn('dev')).toEqual(['own']);
    expect(
      resolver.services().get('component:default/cart')!.findings,
    ).toMatchObject([
      { code: 'BadNamespaces', message: expect.stringContaining('"oops"') },
      { code: 'BadNamespaces', message: expect.stringContaining(' qa,') },
    ]);
  });

  it('calls nothing plainly absent where namespaces are found by label and cannot be listed', async () => {
    resolver.stop();
    resolver = Resolver.create({
      config: readKoalaConfig(
        new ConfigReader({
          koala: {
            environments: [
              {
                name: 'dev',
                targets: [
                  { cluster: 'dev', namespaces: { selector: 'stage=dev' } },
                ],
              },
            ],
          },
        }),
      ),
      inventory,
      catalog,
      now: () => now,
      instance: 'test',
    });
    resolver.start();
    inventory.setKind('dev', 'Namespace', {
      synced: false,
      error: { code: 'forbidden', message: '403', verb: 'list' },
    });
    catalog.set(service('cart'));
    await settle();
    expect(cell('cart', 'dev').targets[0]).toMatchObject({
      status: 'unknown',
      reason: {
        code: 'KindForbidden',
        message: expect.stringContaining('may not list the namespaces of dev'),
      },
    });
  });

  it('retires a service with its cells, and tells what came after a revision', async () => {
    catalog.set(service('cart'));
    await settle();
    const { number } = resolver;
    catalog.remove('component:default/cart');
    await settle();
    expect([...resolver.cells()]).toEqual([]);
    expect(resolver.since(number)).toMatchObject({
      retired: [{ ref: 'component:default/cart' }],
      services: [],
      cells: [],
    });
  });

  it('names a cluster that nobody knows, in the cell, among the clusters and at its key', async () => {
    resolver.stop();
    resolver = Resolver.create({
      config: readKoalaConfig(new ConfigReader({ koala: { environments } })),
      inventory: new MemoryInventory('dev', 'prod-eu'),
      catalog,
      now: () => now,
      instance: 'test',
    });
    resolver.start();
    catalog.set(service('cart'));
    await settle();
    expect(cell('cart', 'prod').targets[1].reason?.code).toBe('ClusterMissing');
    expect(resolver.clusters()).toContainEqual(
      expect.objectContaining({ name: 'prod-us', condition: 'missing' }),
    );
    expect(resolver.problems()).toEqual([
      expect.objectContaining({
        key: 'koala.environments[1].targets[1].cluster',
      }),
    ]);
  });

  it('calls a cluster missing only once the sources have said which there are', async () => {
    resolver.stop();
    const empty = new MemoryInventory();
    empty.listed = false;
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    try {
      resolver = Resolver.create({
        config: readKoalaConfig(new ConfigReader({ koala: { environments } })),
        inventory: empty,
        catalog,
        now: () => now,
        instance: 'test',
      });
      resolver.start();
      catalog.set(service('cart'));
      await settle();
      expect(cell('cart', 'dev').targets[0].reason?.code).toBe('NotYetSynced');
      expect(resolver.problems()).toEqual([]);

      empty.listed = true;
      jest.advanceTimersByTime(1_000);
      await settle();
      expect(cell('cart', 'dev').targets[0].reason?.code).toBe(
        'ClusterMissing',
      );
      expect(resolver.problems()).toHaveLength(3);
    } finally {
      jest.useRealTimers();
    }
  });

  it('finds namespaces by label as they come and go', async () => {
    resolver.stop();
    resolver = Resolver.create({
      config: readKoalaConfig(
        new ConfigReader({
          koala: {
            environments: [
              {
                name: 'dev',
                targets: [
                  { cluster: 'dev', namespaces: { selector: 'stage=dev' } },
                ],
              },
            ],
          },
        }),
      ),
      inventory,
      catalog,
      now: () => now,
      instance: 'test',
    });
    resolver.start();
    catalog.set(service('cart'));
    inventory.put(
      'dev',
      ...rawDeployment({ name: 'cart', namespace: 'anywhere' }),
    );
    await settle();
    expect(cell('cart', 'dev').status).toBe('not-deployed');
    const namespace = (labels: object) => ({
      kind: 'Namespace',
      metadata: { name: 'anywhere', uid: 'ns', labels },
    });
    inventory.put('dev', namespace({ stage: 'dev' }));
    await settle();
    expect(cell('cart', 'dev').status).toBe('healthy');
    inventory.put('dev', namespace({}));
    await settle();
    expect(cell('cart', 'dev').status).toBe('not-deployed');
  });
});
