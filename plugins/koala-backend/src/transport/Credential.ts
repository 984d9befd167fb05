/** How a request proves who sends it. Never logged. */
export type Credential =
  | { type: 'token'; token: string; expiresAt?: number }
  | { type: 'certificate'; cert: string; key: string; expiresAt?: number }
  | { type: 'basic'; username: string; password: string }
  | { type: 'anonymous' };

/** The value of the `authorization` header; undefined where the connection itself proves it. */
export function authorizationOf(credential: Credential): string | undefined {
  switch (credential.type) {
    case 'token':
      return `Bearer ${credential.token}`;
    case 'basic':
      return `Basic ${Buffer.from(
        `${credential.username}:${credential.password}`,
      ).toString('base64')}`;
    default:
      return undefined;
  }
}
