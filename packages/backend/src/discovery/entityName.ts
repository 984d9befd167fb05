import { createHash } from 'node:crypto';

const VALID = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const MAX_LENGTH = 63;
const HASH_LENGTH = 6;

/**
 * A name as the catalog takes it. One that is not valid is cleaned up and gets
 * a short hash of what it was, so that two of them never become one.
 */
export function entityName(name: string): string {
  if (name.length <= MAX_LENGTH && VALID.test(name)) {
    return name;
  }
  const hash = createHash('sha256')
    .update(name)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const cleaned = name
    .replace(/[^-A-Za-z0-9_.]+/g, '-')
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return cleaned ? `${cleaned}-${hash}` : hash;
}
