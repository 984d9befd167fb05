import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import {
  KoalaPlace,
  KoalaServiceFilter,
  KoalaServiceResource,
} from './koalaServiceResource';
import { matchesFilter } from './matchesFilter';

/** Turns the conditions of a policy into one predicate, so that thousands of cells cost little. */
export function compileCriteria(
  criteria: PermissionCriteria<KoalaServiceFilter>,
): (resource: KoalaPlace & Partial<KoalaServiceResource>) => boolean {
  if (isAndCriteria(criteria)) {
    const all = criteria.allOf.map(compileCriteria);
    return resource => all.every(matches => matches(resource));
  }
  if (isOrCriteria(criteria)) {
    const any = criteria.anyOf.map(compileCriteria);
    return resource => any.some(matches => matches(resource));
  }
  if (isNotCriteria(criteria)) {
    const not = compileCriteria(criteria.not);
    return resource => !not(resource);
  }
  return resource => matchesFilter(resource, criteria);
}
