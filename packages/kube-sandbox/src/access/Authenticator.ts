import { unauthorized } from '../status/errors';

/** What one user may do; `*` stands for everything. */
export interface AccessRule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  /** Plurals, or `resource/subresource`. */
  resources: readonly string[];
  /** Only in these namespaces; without it in all of them and on cluster-wide resources. */
  namespaces?: readonly string[];
}

/** The user that a bearer token stands for. */
export interface User {
  user: string;
  /** `system:masters` may do everything; `koala-sandbox:viewers` may read everything but Secrets. */
  groups?: readonly string[];
  /** What this user may do beyond that. */
  rules?: readonly AccessRule[];
}

/** The bearer tokens of a cluster; entries may be added and removed while the server runs. */
export type Tokens = Map<string, User>;

export const ANONYMOUS: User = {
  user: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** The user behind an Authorization header. Without one it is `system:anonymous`; an unknown token is a 401. */
export function authenticate(
  authorization: string | undefined,
  tokens: Tokens,
): User {
  if (!authorization) {
    return ANONYMOUS;
  }
  const match = /^Bearer\s+(.+)$/i.exec(authorization.trim());
  if (!match) {
    return ANONYMOUS;
  }
  const user = tokens.get(match[1]);
  if (!user) {
    throw unauthorized();
  }
  return user;
}
