import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeObject } from '../objects/KubeObject';
import { Store } from '../storage/Store';
import { ServiceAccountTokens } from './ServiceAccountTokens';

const NOW = Date.parse('2026-01-31T08:00:00Z');

const account = (uid = 'uid-1') =>
  ({
    kind: 'ServiceAccount',
    apiVersion: 'v1',
    metadata: { name: 'robot', namespace: 'shop', uid },
  } as KubeObject);

function setUp(keyFile?: string) {
  const store = new Store({ historyWindow: 100 });
  const clock = { time: NOW, now: () => clock.time };
  const serviceAccount = store.put('/serviceaccounts', account());
  const tokens = new ServiceAccountTokens({ store, clock, keyFile });
  const issue = () =>
    tokens.issue({
      serviceAccount,
      audiences: ['https://kubernetes.default.svc'],
      expirationSeconds: 600,
    });
  return { store, clock, tokens, issue, serviceAccount };
}

describe('ServiceAccountTokens', () => {
  it('knows its own tokens until they expire', async () => {
    const { tokens, clock, issue } = setUp();
    const { token, expiresAt } = await issue();
    expect(expiresAt).toBe(NOW + 600_000);
    expect((await tokens.userOf(token))?.user).toBe(
      'system:serviceaccount:shop:robot',
    );
    clock.time = expiresAt - 1_000;
    expect(await tokens.userOf(token)).toBeDefined();
    clock.time = expiresAt;
    expect(await tokens.userOf(token)).toBeUndefined();
  });

  it('does not know those of others', async () => {
    const { token } = await setUp().issue();
    const other = setUp();
    expect(await other.tokens.userOf(token)).toBeUndefined();
    await other.issue();
    expect(await other.tokens.userOf(token)).toBeUndefined();
  });

  it('ends with its account, whatever has its name later', async () => {
    const { tokens, store, issue, serviceAccount } = setUp();
    const { token } = await issue();
    store.remove('/serviceaccounts', serviceAccount);
    expect(await tokens.userOf(token)).toBeUndefined();
    store.put('/serviceaccounts', account('uid-2'));
    expect(await tokens.userOf(token)).toBeUndefined();
  });

  it('keeps its key where it is told to', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tokens-'));
    try {
      const file = join(dir, 'service-accounts.key');
      const { token } = await setUp(file).issue();
      expect(await setUp(file).tokens.userOf(token)).toBeDefined();
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});
