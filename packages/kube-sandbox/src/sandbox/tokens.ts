import { User } from '../access/Authenticator';
import { VIEWERS_GROUP } from '../access/authorize';

/** The demo tokens of a sandbox. They guard nothing but a simulation on loopback. */
const ADMIN_TOKEN = 'koala-admin';
const VIEWER_TOKEN = 'koala-viewer';

/** The bearer tokens of every cluster of a sandbox. */
export interface SandboxTokens {
  /** May do everything; `KOALA_SANDBOX_TOKEN`, else `koala-admin`. */
  admin: string;
  /** May read everything but Secrets: `koala-viewer`. */
  viewer: string;
  users: Record<string, User>;
}

/** The tokens to accept; `env` is the environment of the process. */
export function sandboxTokens(
  env: Readonly<Record<string, string | undefined>>,
): SandboxTokens {
  const admin = env.KOALA_SANDBOX_TOKEN || ADMIN_TOKEN;
  return {
    admin,
    viewer: VIEWER_TOKEN,
    users: {
      [VIEWER_TOKEN]: { user: 'koala-viewer', groups: [VIEWERS_GROUP] },
      [admin]: { user: 'koala-admin', groups: ['system:masters'] },
    },
  };
}
