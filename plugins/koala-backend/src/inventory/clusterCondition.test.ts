import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { clusterCondition, ScopeState } from './clusterCondition';
import { KindState } from './InventoryReader';

const fine: KindState = { synced: true };
const refused: KindState = {
  synced: false,
  error: {
    code: 'forbidden',
    message: 'pods is forbidden in the namespace "closed"',
    verb: 'watch',
  },
};
const unauthorised: KindState = {
  synced: false,
  error: { code: 'forbidden', message: '401' },
};
const broken: KindState = {
  synced: true,
  error: { code: 'broken', message: 'HTML' },
};

const scope = (
  kind: WatchedKind,
  state: KindState,
  namespace?: string,
): ScopeState => ({ kind, state, namespace });

const verdict = (scopes: ScopeState[], byLabel = false) =>
  clusterCondition({ scopes, byLabel, now: 0 });

describe('clusterCondition', () => {
  it.each<[string, ScopeState[], string]>([
    ['nothing yet', [], 'syncing'],
    ['all synced', [scope('Pod', fine)], 'live'],
    [
      'one not synced',
      [scope('Pod', fine), scope('Service', { synced: false })],
      'syncing',
    ],
    [
      'one kind refused',
      [scope('Pod', refused), scope('Service', fine)],
      'partial',
    ],
    ['all refused', [scope('Pod', refused)], 'forbidden'],
    ['no credential', [scope('Pod', unauthorised)], 'forbidden'],
    [
      'refused and broken',
      [scope('Pod', refused), scope('Service', broken)],
      'broken',
    ],
    [
      'single namespaces without the right to list them',
      [scope('Namespace', refused), scope('Pod', fine, 'shop')],
      'live',
    ],
    [
      'one namespace refused',
      [scope('Pod', fine, 'shop'), scope('Pod', refused, 'closed')],
      'partial',
    ],
    ['every namespace refused', [scope('Pod', refused, 'closed')], 'forbidden'],
  ])('%s: %#', (_what, scopes, condition) => {
    expect(verdict(scopes).condition).toBe(condition);
  });

  it('minds that namespaces cannot be listed where they are found by label', () => {
    expect(
      verdict([scope('Namespace', refused), scope('Pod', fine, 'shop')], true),
    ).toMatchObject({
      condition: 'partial',
      kinds: { Namespace: expect.any(String) },
      nextStep: expect.stringContaining('ClusterRole'),
    });
  });

  it('counts the namespaces, names the kinds that fail in all of them, and names no namespace', () => {
    const found = verdict([
      scope('Pod', fine, 'shop'),
      scope('Pod', refused, 'closed'),
      scope('Service', refused, 'shop'),
      scope('Service', refused, 'closed'),
    ]);
    expect(found).toMatchObject({
      condition: 'partial',
      message: expect.stringMatching(
        /1 of 2 namespaces cannot be read, or only in part\.$/,
      ),
      nextStep: expect.stringContaining('Role that allows'),
      kinds: { Service: expect.stringContaining('may not watch') },
    });
    expect(JSON.stringify(found)).not.toContain('closed');
  });

  it('tells a credential that is refused from a right that is missing', () => {
    expect(verdict([scope('Pod', unauthorised)]).nextStep).toMatch(/Renew/);
    expect(verdict([scope('Pod', refused)]).nextStep).toMatch(/ClusterRole/);
    expect(verdict([scope('Pod', refused, 'closed')]).nextStep).toMatch(
      /a Role that/,
    );
  });
});
