import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where built and unpacked binaries are kept, outside the source tree:
 * `$KOALA_CACHE_DIR`, else `$XDG_CACHE_HOME/koala`, else `~/.cache/koala`.
 */
export function koalaCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.KOALA_CACHE_DIR) {
    return env.KOALA_CACHE_DIR;
  }
  if (env.XDG_CACHE_HOME) {
    return join(env.XDG_CACHE_HOME, 'koala');
  }
  return join(homedir(), '.cache', 'koala');
}
