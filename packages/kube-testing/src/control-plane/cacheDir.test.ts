import { homedir } from 'node:os';
import { koalaCacheDir } from './cacheDir';

describe('koalaCacheDir', () => {
  it.each([
    [{ KOALA_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
    [{ XDG_CACHE_HOME: '/x' }, '/x/koala'],
    [{}, `${homedir()}/.cache/koala`],
  ])('%j', (env, dir) => expect(koalaCacheDir(env)).toBe(dir));
});
