import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Matrix, MatrixChange } from '@koala-ops/backstage-plugin-koala-common';
import { readKoalaConfig } from '../config/readKoalaConfig';
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
  const services = new Map(
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
      subscribe: () => () => {},
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
    reports: () => [],
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
