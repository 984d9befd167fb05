import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  Matrix,
  MatrixChange,
  ServiceIdentity,
} from '@koala-ops/backstage-plugin-koala-common';
import { ServiceCatalogChange } from '../catalog/ServiceCatalog';
import { readKoalaConfig } from '../config/readKoalaConfig';
import { ClusterStats } from '../inventory/ClusterWatcher';
import { compileCriteria } from '../permissions/compileCriteria';
import { compilePossible } from '../permissions/compilePossible';
import { KoalaServiceFilter } from '../permissions/koalaServiceResource';
import { Visibility } from '../permissions/Visibility';
import { VisibilityAuthority } from '../permissions/VisibilityAuthority';
import { MemoryInventory } from '../resolution/__testUtils__/MemoryInventory';
import {
  CREATED_MS,
  rawDeployment,
} from '../resolution/__testUtils__/rawObjects';
import { Resolver } from '../resolution/Resolver';
import { AuthorizedKoalaService } from './AuthorizedKoalaService';
import { StreamEvent } from './KoalaService';

const config = readKoalaConfig(
  new ConfigReader({
    koala: {
      environments: [
        { name: 'dev', targets: [{ cluster: 'dev', namespaces: ['shop'] }] },
        {
          name: 'prod',
          promotesFrom: 'dev',
          targets: [
            { cluster: 'eu', namespaces: ['shop'] },
            { cluster: 'us', namespaces: ['shop'] },
          ],
        },
      ],
    },
  }),
);
const reader = { credentials: mockCredentials.user('user:default/ana') };
const settle = async () => {
  for (let i = 0; i < 5; i += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
};
const all: Visibility = {
  key: 'all',
  sees: () => true,
  mayHold: () => true,
  seesAll: () => true,
};
/** A policy of the conditions, as the permission framework would hand it over. */
const only = (
  key: string,
  criteria: PermissionCriteria<KoalaServiceFilter>,
): Visibility => {
  const sees = compileCriteria(criteria);
  const possible = compilePossible(criteria);
  return {
    key,
    sees,
    seesAll: sees,
    mayHold: place => possible(place) !== false,
  };
};
const is = (
  property: KoalaServiceFilter['property'],
  ...values: string[]
): KoalaServiceFilter => ({ property, values });

describe('AuthorizedKoalaService', () => {
  const inventory = new MemoryInventory('dev', 'eu', 'us');
  let catalogChanged: (change: ServiceCatalogChange) => void;
  let reports: ClusterStats[] = [];
  const services = new Map<string, ServiceIdentity>(
    ['cart', 'ledger'].map(name => [
      `component:default/${name}`,
      {
        ref: `component:default/${name}`,
        namespace: 'default',
        name,
        owner: `group:default/${name}`,
        annotations: {},
      },
    ]),
  );
  const model = Resolver.create({
    config,
    inventory,
    catalog: {
      ready: true,
      services: () => services,
      subscribe: listener => {
        catalogChanged = listener;
        return () => {};
      },
    },
    now: () => CREATED_MS + 3_600_000,
    instance: 'here',
  });
  let visibility: Visibility;
  const service = AuthorizedKoalaService.create({
    model,
    inventory,
    authority: {
      visibilityFor: async () => visibility,
    } as unknown as VisibilityAuthority,
    reports: () => reports,
    now: () => CREATED_MS + 3_600_000,
  });

  beforeAll(async () => {
    for (const cluster of ['dev', 'eu', 'us']) {
      inventory.put(
        cluster,
        ...rawDeployment({ name: 'cart', namespace: 'shop' }),
      );
    }
    model.start();
    for (const cluster of ['dev', 'eu', 'us']) {
      inventory.put(
        cluster,
        ...rawDeployment({ name: 'cart', namespace: 'shop', replicas: 2 }),
      );
    }
    await settle();
  });

  afterAll(() => model.stop());

  beforeEach(() => {
    visibility = all;
  });

  async function matrix(): Promise<Matrix> {
    return JSON.parse((await service.matrix(reader)).json.toString());
  }

  async function collect(
    revision: string | undefined,
    during: () => Promise<void> | void,
  ): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    const controller = new AbortController();
    const done = service.stream(
      { ...reader, revision, signal: controller.signal },
      { open: () => {}, send: event => events.push(event) },
    );
    await settle();
    await during();
    await settle();
    controller.abort();
    await done;
    return events;
  }

  it('answers the whole matrix, and the same bytes until something changes', async () => {
    const first = await service.matrix(reader);
    expect(await service.matrix(reader)).toBe(first);
    const { cells, services: listed } = await matrix();
    expect(listed.map(({ name }) => name)).toEqual(['cart', 'ledger']);
    expect(cells).toHaveLength(4);
  });

  it('leaves out services, and cells, that the reader may not see', async () => {
    visibility = only('cart-in-dev', {
      allOf: [is('owner', 'group:default/cart'), is('environment', 'dev')],
    });
    const { cells, services: listed } = await matrix();
    expect(listed.map(({ name }) => name)).toEqual(['cart']);
    expect(cells.map(({ environment }) => environment)).toEqual(['dev']);
    await expect(
      service.service({ ...reader, ref: 'component:default/ledger' }),
    ).rejects.toThrow('There is no service');
  });

  it('judges a cell by the targets that the reader sees, and by no other', async () => {
    inventory.setState('us', { condition: 'unreachable', lastByteAt: 1 });
    await settle();
    visibility = only('eu', is('cluster', 'eu'));
    const prod = (await matrix()).cells.find(
      cell => cell.environment === 'prod' && cell.service.endsWith('/cart'),
    )!;
    expect(prod.status).toBe('healthy');
    expect(prod.targets.map(({ target }) => target)).toEqual(['eu']);
    const detail = await service.service({
      ...reader,
      ref: 'component:default/cart',
    });
    expect(
      detail.cells.flatMap(cell => cell.targets.map(({ cluster }) => cluster)),
    ).toEqual(['eu']);
    inventory.setState('us', {});
    await settle();
  });

  it('describes workloads, pods and containers', async () => {
    const { cells } = await service.service({
      ...reader,
      ref: 'component:default/cart',
    });
    const [workload] = cells[0].targets[0].workloads;
    expect(workload).toMatchObject({
      kind: 'Deployment',
      name: 'cart',
      namespace: 'shop',
      status: 'healthy',
      ready: 2,
      desired: 2,
    });
    expect(workload.pods).toHaveLength(2);
    expect(workload.pods[0]).toMatchObject({
      version: '1.0.0',
      current: true,
      containers: [{ name: 'main', role: 'main', state: 'Running' }],
    });
  });

  it('begins a stream with a snapshot, and goes on with changes of single targets', async () => {
    const events = await collect(undefined, () =>
      inventory.put(
        'eu',
        ...rawDeployment({
          name: 'cart',
          namespace: 'shop',
          version: '2.0.0',
          replicas: 2,
        }),
      ),
    );
    expect(events.map(({ type }) => type)).toEqual(['snapshot', 'change']);
    const change = events[1].data as MatrixChange;
    expect(change.cells).toEqual([
      expect.objectContaining({
        service: 'component:default/cart',
        environment: 'prod',
        targets: [
          expect.objectContaining({
            target: 'eu',
            release: expect.objectContaining({ version: '2.0.0' }),
          }),
        ],
      }),
    ]);
  });

  it('resumes after a revision with what was missed, and with a snapshot after a foreign one', async () => {
    const { revision } = await service.matrix(reader);
    inventory.put(
      'dev',
      ...rawDeployment({
        name: 'cart',
        namespace: 'shop',
        version: '3.0.0',
        replicas: 2,
      }),
    );
    await settle();
    expect(await collect(revision, () => {})).toEqual([
      expect.objectContaining({ type: 'change' }),
    ]);
    const current = (await service.matrix(reader)).revision;
    expect(await collect(current, () => {})).toEqual([]);
    for (const foreign of ['there.1', 'here.x', 'here.999', 'here', '']) {
      expect((await collect(foreign, () => {}))[0].type).toBe('snapshot');
    }
  });

  it('sends a reader nothing of a change that is hidden', async () => {
    visibility = only('eu', is('cluster', 'eu'));
    const events = await collect(undefined, () =>
      inventory.put(
        'us',
        ...rawDeployment({
          name: 'cart',
          namespace: 'shop',
          version: '4.0.0',
          replicas: 2,
        }),
      ),
    );
    expect(events.map(({ type }) => type)).toEqual(['snapshot']);
  });

  it('tells what a withdrawn permission leaves, while the stream is open', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    try {
      const events = await collect(undefined, async () => {
        visibility = only('dev', is('environment', 'dev'));
        await jest.advanceTimersByTimeAsync(3_000);
      });
      expect(events.map(({ type }) => type)).toEqual(['snapshot', 'snapshot']);
      const { cells } = events[1].data as Matrix;
      expect(new Set(cells.map(({ environment }) => environment))).toEqual(
        new Set(['dev']),
      );
    } finally {
      jest.useRealTimers();
    }
  });

  describe('environments', () => {
    it('adds up what runs where, and counts what nobody claims', async () => {
      const stranger = rawDeployment({
        name: 'stranger',
        namespace: 'shop',
        version: '7.0.0',
      });
      inventory.put('eu', ...stranger);
      await settle();
      const { environments, clusters } = await service.environments(reader);
      expect(environments.map(({ name }) => name)).toEqual(['dev', 'prod']);
      expect(clusters.map(({ name }) => name)).toEqual(['dev', 'eu', 'us']);
      expect(environments[1]).toEqual({
        name: 'prod',
        title: 'prod',
        promotesFrom: 'dev',
        targets: [
          {
            name: 'eu',
            cluster: 'eu',
            scope: 'shop',
            namespaces: ['shop'],
            unclaimed: 1,
          },
          {
            name: 'us',
            cluster: 'us',
            scope: 'shop',
            namespaces: ['shop'],
            unclaimed: 0,
          },
        ],
        services: 2,
        counts: expect.objectContaining({ healthy: 1, 'not-deployed': 1 }),
        workloads: 2,
      });
      const { unclaimed } = await service.environment({
        ...reader,
        name: 'prod',
      });
      expect(unclaimed).toEqual([
        expect.objectContaining({
          target: 'eu',
          cluster: 'eu',
          kind: 'Deployment',
          name: 'stranger',
          namespace: 'shop',
          status: 'healthy',
          release: expect.objectContaining({ version: '7.0.0' }),
          nearMisses: [],
        }),
      ]);
      stranger.forEach(({ metadata }) => inventory.remove('eu', metadata.uid));
      await settle();
    });

    it('says whose a workload probably is, on the workload and on the service', async () => {
      const near = rawDeployment({ name: 'ledgers', namespace: 'shop' });
      inventory.put('dev', ...near);
      await settle();
      const { unclaimed } = await service.environment({
        ...reader,
        name: 'dev',
      });
      expect(unclaimed[0].nearMisses).toEqual([
        {
          service: 'component:default/ledger',
          by: 'label app',
          says: 'ledgers',
          message: expect.stringContaining('says ledgers, not ledger'),
        },
      ]);
      const findings = (ref: string, shown: Matrix) =>
        shown.services.find(one => one.ref === ref)?.findings;
      const ref = 'component:default/ledger';
      expect(findings(ref, await matrix())).toMatchObject([
        { code: 'NearMiss', environment: 'dev' },
      ]);
      // Who may not see the service there, hears nothing of the workload there.
      visibility = only('prod', is('environment', 'prod'));
      expect(findings(ref, await matrix())).toBeUndefined();
      near.forEach(({ metadata }) => inventory.remove('dev', metadata.uid));
      await settle();
    });

    it('counts a workload that two services claim once, and names each on the other', async () => {
      services.set('component:default/cart-too', {
        ref: 'component:default/cart-too',
        namespace: 'default',
        name: 'cart-too',
        owner: 'group:default/rival',
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=cart' },
      });
      catalogChanged({
        changed: [services.get('component:default/cart-too')!],
        removed: [],
      });
      await settle();
      const { environments } = await service.environments(reader);
      expect(environments[0]).toMatchObject({ services: 3, workloads: 1 });
      const detail = async (name: string) =>
        service.service({ ...reader, ref: `component:default/${name}` });
      const workload = async (name: string) =>
        (await detail(name)).cells[0].targets[0].workloads[0];
      expect((await workload('cart')).alsoClaimedBy).toEqual([
        'component:default/cart-too',
      ]);
      expect((await workload('cart-too')).alsoClaimedBy).toEqual([
        'component:default/cart',
      ]);
      expect((await detail('cart')).service.findings).toMatchObject([
        { code: 'ClaimedTwice', service: 'component:default/cart-too' },
      ]);

      visibility = only('cart', is('owner', 'group:default/cart'));
      expect(await workload('cart')).not.toHaveProperty('alsoClaimedBy');
      const { service: shown } = await detail('cart');
      expect(JSON.stringify(shown)).not.toContain('cart-too');
      expect(shown.findings).toMatchObject([
        {
          code: 'ClaimedTwice',
          message: expect.stringContaining('a service that you may not see'),
        },
      ]);
      services.delete('component:default/cart-too');
      catalogChanged({ changed: [], removed: ['component:default/cart-too'] });
      await settle();
    });

    it('shows only environments and clusters where the reader could see something', async () => {
      visibility = only('eu', is('cluster', 'eu'));
      const shown = await matrix();
      expect(shown.environments).toEqual([
        {
          name: 'prod',
          title: 'prod',
          targets: [{ name: 'eu', cluster: 'eu' }],
        },
      ]);
      expect(shown.clusters.map(({ name }) => name)).toEqual(['eu']);
      const list = await service.environments(reader);
      expect(list.environments.map(({ name }) => name)).toEqual(['prod']);
      expect(JSON.stringify(list)).not.toMatch(/"dev"|"us"/);
      await expect(
        service.environment({ ...reader, name: 'dev' }),
      ).rejects.toThrow('There is no environment dev');
    });

    it('shows a place to whoever may see a service in it, and what nobody owns only to who may see all', async () => {
      const stranger = rawDeployment({ name: 'stranger', namespace: 'shop' });
      inventory.put('dev', ...stranger);
      await settle();
      visibility = only('cart', is('owner', 'group:default/cart'));
      const { environment, unclaimed } = await service.environment({
        ...reader,
        name: 'dev',
      });
      expect(environment).toMatchObject({ services: 1, workloads: 1 });
      expect(environment.targets[0]).toMatchObject({ namespaces: ['shop'] });
      expect(unclaimed).toEqual([]);
      stranger.forEach(({ metadata }) => inventory.remove('dev', metadata.uid));
      await settle();
    });

    it('says nothing in a stream of clusters that are hidden', async () => {
      visibility = only('eu', is('cluster', 'eu'));
      const events = await collect(undefined, async () => {
        inventory.setState('us', { condition: 'unreachable', lastByteAt: 1 });
        await settle();
        inventory.setState('us', {});
        await settle();
        inventory.setState('eu', { condition: 'unreachable', lastByteAt: 1 });
      });
      const clusters = events
        .filter(({ type }) => type === 'change')
        .flatMap(({ data }) => data.clusters ?? []);
      expect(clusters).toMatchObject([{ name: 'eu' }]);
      inventory.setState('eu', {});
      await settle();
    });

    it('does not say how far a target is behind one that is hidden', async () => {
      inventory.put(
        'dev',
        ...rawDeployment({
          name: 'cart',
          namespace: 'shop',
          version: '99.0.0',
        }),
      );
      await settle();
      const prodCell = (shown: Matrix) =>
        shown.cells.find(
          ({ service: ref, environment }) =>
            environment === 'prod' && ref.endsWith('/cart'),
        )!;
      expect(prodCell(await matrix()).behind).toEqual({ environment: 'dev' });
      visibility = only('prod', is('environment', 'prod'));
      const hidden = await matrix();
      expect(prodCell(hidden).targets).toHaveLength(2);
      expect(JSON.stringify(hidden)).not.toContain('behind');
      const detail = await service.service({
        ...reader,
        ref: 'component:default/cart',
      });
      expect(JSON.stringify(detail)).not.toContain('behind');
    });

    it('reports how clusters are followed, without those and the namespaces that are hidden', async () => {
      const report = (name: string) => ({
        state: { name, condition: 'live', since: 0 },
        reflectors: [
          { kind: 'Pod' },
          { kind: 'Pod', namespace: 'shop' },
          { kind: 'Pod', namespace: 'pay' },
        ],
      });
      reports = ['dev', 'eu', 'elsewhere'].map(report) as any;
      const names = async () =>
        (await service.clusters(reader)).clusters.map(
          ({ state, reflectors }) => [
            state.name,
            reflectors.map(({ namespace }) => namespace),
          ],
        );
      expect(await names()).toHaveLength(3);
      visibility = only('shop', {
        allOf: [is('environment', 'dev'), is('namespace', 'shop')],
      });
      expect(await names()).toEqual([['dev', [undefined, 'shop']]]);
    });
  });

  it('asks to wait while the catalog has not been read', async () => {
    const starting = AuthorizedKoalaService.create({
      model: Object.create(model, { ready: { value: false } }),
      inventory,
      authority: {
        visibilityFor: async () => all,
      } as unknown as VisibilityAuthority,
      reports: () => [],
      now: Date.now,
    });
    await expect(starting.matrix(reader)).rejects.toThrow('starting');
  });
});
