/**
 * What Koala says of an object, a target or a cell. The words are those of the product's vocabulary
 * (docs/concepts.md): `suspended` is stopped on purpose, `unknown` is never shown as anything better.
 *
 * @public
 */
export type Status =
  | 'healthy'
  | 'progressing'
  | 'degraded'
  | 'suspended'
  | 'not-deployed'
  | 'unknown';

/**
 * Every status, the one that needs attention first. Sorting, counting and legends use this order.
 *
 * @public
 */
export const STATUSES: readonly Status[] = [
  'degraded',
  'unknown',
  'progressing',
  'suspended',
  'not-deployed',
  'healthy',
];
