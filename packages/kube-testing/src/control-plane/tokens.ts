import { randomBytes } from 'node:crypto';

/** A user known to an API server by a static bearer token. */
export interface TokenUser {
  name: string;
  token: string;
  groups: string[];
}

/** Users that may do nothing until a test binds a role to them or to their groups. */
const UNPRIVILEGED = ['nobody', 'guest', 'member:team'];

/**
 * The administrator and the users without rights that every test cluster knows; `member:team,other` is in groups.
 */
export function createTokenUsers(
  unprivileged: string[] = UNPRIVILEGED,
): TokenUser[] {
  const token = () => randomBytes(16).toString('hex');
  return [
    { name: 'admin', token: token(), groups: ['system:masters'] },
    ...unprivileged.map(user => {
      const [name, groups] = user.split(':');
      return { name, token: token(), groups: groups?.split(',') ?? [] };
    }),
  ];
}

/**
 * The file that kube-apiserver's `--token-auth-file` reads: `token,user,uid,"group,group"`.
 * Throws where a name would need quoting, as the server would misread it.
 */
export function tokensCsv(users: TokenUser[]): string {
  return users
    .map(({ name, token, groups }) => {
      for (const text of [name, token, ...groups]) {
        if (!/^[\w:.@-]+$/.test(text)) {
          throw new Error(`"${text}" cannot stand in a token file`);
        }
      }
      const columns = [token, name, name];
      return [
        ...columns,
        ...(groups.length ? [`"${groups.join(',')}"`] : []),
      ].join(',');
    })
    .join('\n')
    .concat('\n');
}
