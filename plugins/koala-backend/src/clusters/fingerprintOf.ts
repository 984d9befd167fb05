import { createHash } from 'node:crypto';

/** A digest of what identifies a connection, so that secrets in it are compared and not kept. */
export function fingerprintOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
