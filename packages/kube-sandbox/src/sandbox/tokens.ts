import { User } from '../access/Authenticator';
import { VIEWERS_GROUP } from '../access/viewerPolicy';
import { SandboxUser } from './readUsers';

/** The demo tokens of a sandbox. They guard nothing but a simulation on loopback. */
const ADMIN_TOKEN = 'koala-admin';
const VIEWER_TOKEN = 'koala-viewer';

/** May read everything but Secrets; there in every sandbox. */
export const VIEWER: SandboxUser = {
  name: 'viewer',
  user: 'koala-viewer',
  token: VIEWER_TOKEN,
  groups: [VIEWERS_GROUP],
};

/** The bearer tokens of every cluster of a sandbox. */
export interface SandboxTokens {
  /** May do everything; `KOALA_SANDBOX_TOKEN`, else `koala-admin`. */
  admin: string;
  /** May read everything but Secrets: `koala-viewer`. */
  viewer: string;
  users: Record<string, User>;
}

/** What the tokens of users stand for. */
export function tokensOf(users: readonly SandboxUser[]): Record<string, User> {
  return Object.fromEntries(
    users.map(({ token, user, groups }) => [
      token,
      { user, uid: user, groups },
    ]),
  );
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
      ...tokensOf([VIEWER]),
      [admin]: { user: 'koala-admin', groups: ['system:masters'] },
    },
  };
}
