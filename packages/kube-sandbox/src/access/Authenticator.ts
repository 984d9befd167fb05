import { unauthorized } from '../status/errors';
import { ServiceAccountTokens, TOKEN_ISSUER } from './ServiceAccountTokens';

/** Somebody who has been recognised; what they may do is said by the roles that are bound to them. */
export interface User {
  user: string;
  /** `system:masters` may do everything. */
  groups?: readonly string[];
  uid?: string;
  extra?: Readonly<Record<string, readonly string[]>>;
}

/** The bearer tokens of a cluster; entries may be added and removed while the server runs. */
export type Tokens = Map<string, User>;

/** Everybody but the anonymous. */
export const AUTHENTICATED_GROUP = 'system:authenticated';

export const ANONYMOUS: User = {
  user: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** Finds out who sends a request. */
export class Authenticator {
  readonly #tokens: Tokens;
  readonly #serviceAccounts: ServiceAccountTokens;

  constructor(options: {
    tokens: Tokens;
    serviceAccounts: ServiceAccountTokens;
  }) {
    this.#tokens = options.tokens;
    this.#serviceAccounts = options.serviceAccounts;
  }

  /** The user behind an Authorization header. Without one it is `system:anonymous`; an unknown token is a 401. */
  async authenticate(authorization: string | undefined): Promise<User> {
    const match = /^Bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '');
    if (!match) {
      return ANONYMOUS;
    }
    const user = await this.userOf(match[1]);
    if (!user) {
      throw unauthorized();
    }
    return user;
  }

  /** The user that a bearer token stands for, if it stands for one and is meant for one of these audiences. */
  async userOf(
    token: string,
    audiences: readonly string[] = [TOKEN_ISSUER],
  ): Promise<User | undefined> {
    const known = this.#tokens.get(token);
    if (!known) {
      return this.#serviceAccounts.userOf(token, audiences);
    }
    if (!audiences.includes(TOKEN_ISSUER)) {
      return undefined;
    }
    const groups = known.groups ?? [];
    return groups.includes(AUTHENTICATED_GROUP)
      ? known
      : { ...known, groups: [...groups, AUTHENTICATED_GROUP] };
  }
}
