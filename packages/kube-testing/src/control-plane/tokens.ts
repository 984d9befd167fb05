import { randomBytes } from 'node:crypto';

/** A user known to an API server by a static bearer token. */
export interface TokenUser {
  name: string;
  token: string;
  groups: string[];
}

/** The administrator and the users without rights that every test cluster knows. */
export function createTokenUsers(
  unprivileged: string[] = ['nobody', 'guest'],
): TokenUser[] {
  const token = () => randomBytes(16).toString('hex');
  return [
    { name: 'admin', token: token(), groups: ['system:masters'] },
    ...unprivileged.map(name => ({ name, token: token(), groups: [] })),
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
