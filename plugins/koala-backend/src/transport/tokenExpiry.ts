/**
 * When a token ends, where it says so itself: the claim `exp` of a JWT.
 * Milliseconds since the epoch.
 */
export function tokenExpiry(token: string): number | undefined {
  const parts = token.split('.');
  if (parts.length === 3) {
    try {
      const { exp } = JSON.parse(
        Buffer.from(parts[1], 'base64url').toString('utf8'),
      );
      return typeof exp === 'number' ? exp * 1000 : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
