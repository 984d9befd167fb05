import { CredentialCache } from './CredentialCache';
import { Credential } from './Credential';
import { ManualClock } from './__testUtils__/ManualClock';

const jwt = (expiresAt: number) =>
  [
    'e30',
    Buffer.from(JSON.stringify({ exp: expiresAt / 1000 })).toString(
      'base64url',
    ),
    'sig',
  ].join('.');

function cacheOf(tokens: string[]) {
  const clock = ManualClock.create();
  const read = jest.fn(
    async (): Promise<Credential> => ({
      type: 'token',
      token: tokens.shift()!,
    }),
  );
  return { clock, read, cache: CredentialCache.create({ read, clock }) };
}

describe('CredentialCache', () => {
  it('reads once for concurrent requests', async () => {
    const { cache, read } = cacheOf(['a', 'b']);
    const [one, two] = await Promise.all([cache.get(), cache.get()]);
    expect(one).toBe(two);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads a token without an end again after five minutes', async () => {
    const { cache, clock, read } = cacheOf(['a', 'b']);
    await cache.get();
    clock.advance(299_000);
    await cache.get();
    expect(read).toHaveBeenCalledTimes(1);
    clock.advance(2_000);
    expect(await cache.get()).toMatchObject({ token: 'b' });
  });

  it('reads a token again a minute before it ends', async () => {
    const clock = ManualClock.create();
    const first = jwt(clock.now() + 240_000);
    const tokens = [first, 'b'];
    const cache = CredentialCache.create({
      clock,
      read: async () => ({ type: 'token', token: tokens.shift()! }),
    });
    await cache.get();
    clock.advance(190_000);
    expect(await cache.get()).toMatchObject({ token: first });
    clock.advance(3_000);
    expect(await cache.get()).toMatchObject({ token: 'b' });
  });

  it('reads again what was refused, and only that', async () => {
    const { cache, read } = cacheOf(['a', 'b', 'c']);
    const first = await cache.get();
    cache.refuse(first);
    expect(await cache.get()).toMatchObject({ token: 'b' });
    cache.refuse(first);
    expect(await cache.get()).toMatchObject({ token: 'b' });
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('does not read in a loop what stays refused', async () => {
    const { cache, clock, read } = cacheOf(['a', 'b', 'c', 'd']);
    for (let i = 0; i < 20; i++) {
      cache.refuse(await cache.get());
    }
    expect(read).toHaveBeenCalledTimes(2);
    clock.advance(5_000);
    cache.refuse(await cache.get());
    expect(await cache.get()).toMatchObject({ token: 'c' });
  });

  it('says why there is none, and tries again at the next request', async () => {
    const clock = ManualClock.create();
    let works = false;
    const cache = CredentialCache.create({
      clock,
      read: async () => {
        if (!works) throw new Error('no metadata service');
        return { type: 'anonymous' };
      },
    });
    await expect(cache.get()).rejects.toMatchObject({
      code: 'credential',
      message: expect.stringContaining('no metadata service'),
    });
    works = true;
    await expect(cache.get()).resolves.toEqual({ type: 'anonymous' });
  });

  it('does not wait for ever', async () => {
    const clock = ManualClock.create();
    const cache = CredentialCache.create({
      clock,
      read: () => new Promise(() => {}),
    });
    const got = cache.get();
    clock.advance(20_000);
    await expect(got).rejects.toThrow(/did not answer in 20 s/);
  });
});
