import { KindState } from '../inventory/InventoryReader';
import { MemoryInventory } from './__testUtils__/MemoryInventory';
import { unlistedNamespaces, unreadableIn } from './unreadableIn';

const kinds = ['Deployment', 'Pod'] as const;
const refused: KindState = {
  synced: false,
  error: { code: 'forbidden', message: '403', verb: 'watch' },
};

describe('unreadableIn', () => {
  let inventory: MemoryInventory;

  beforeEach(() => {
    inventory = new MemoryInventory('prod');
  });

  const found = (namespace = 'closed') =>
    unreadableIn({ cluster: 'prod', namespace, kinds, inventory });

  it('has nothing to say where all kinds are seen', () => {
    expect(found()).toBeUndefined();
  });

  it('names namespace, verb and kinds of a namespace that may not be read, and of no other', () => {
    kinds.forEach(kind => inventory.setKind('prod', kind, refused, 'closed'));
    expect(found()).toEqual({
      refused: true,
      reason: {
        code: 'NamespaceForbidden',
        message:
          'The account may not watch Deployment and Pod in the namespace closed of prod.',
        nextStep:
          'Bind it to a Role in closed that allows list and watch of deployments, pods.',
        object: { kind: 'Namespace', name: 'closed' },
      },
    });
    expect(found('shop')).toBeUndefined();
  });

  it('names the one kind that may not be read, rather than those that are still read', () => {
    inventory.setKind('prod', 'Deployment', { synced: false }, 'closed');
    inventory.setKind('prod', 'Pod', refused, 'closed');
    expect(found()?.reason).toMatchObject({
      code: 'KindForbidden',
      message: expect.stringContaining('watch Pod in the namespace closed'),
    });
  });

  it('reads nothing into a namespace that is fine', () => {
    inventory.setKind('prod', 'Pod', refused, 'closed');
    expect(found('shop')).toBeUndefined();
  });

  it('tells what is broken and what is not there yet from what is refused', () => {
    inventory.setKind('prod', 'Pod', { synced: false });
    expect(found()).toMatchObject({
      refused: false,
      reason: { code: 'NotYetSynced' },
    });
    inventory.setKind('prod', 'Pod', {
      synced: true,
      error: { code: 'broken', message: 'HTML' },
    });
    expect(found()).toMatchObject({
      refused: false,
      reason: { code: 'KindUnreadable', message: 'HTML' },
    });
    inventory.setKind('prod', 'Pod', {
      synced: true,
      error: { code: 'forbidden', message: '401' },
    });
    expect(found()).toMatchObject({ refused: false });
  });
});

describe('unlistedNamespaces', () => {
  it.each<[KindState, object]>([
    [{ synced: true }, {}],
    [{ synced: false }, { reason: { code: 'NotYetSynced' } }],
    [
      refused,
      {
        refused: true,
        reason: {
          code: 'KindForbidden',
          message:
            'The account may not watch the namespaces of prod, and those of dev are found by their labels.',
        },
      },
    ],
    [
      { synced: true, error: { code: 'not-found', message: '404' } },
      { reason: { code: 'KindUnreadable' } },
    ],
  ])('%j: %j', (state, expected) => {
    const inventory = new MemoryInventory('prod');
    inventory.setKind('prod', 'Namespace', state);
    const found = unlistedNamespaces({
      cluster: 'prod',
      environment: 'dev',
      inventory,
    });
    expect(found ?? {}).toMatchObject(expected);
  });
});
