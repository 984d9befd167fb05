import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { KoalaPlace, KoalaServiceFilter } from './koalaServiceResource';
import { matchesFilter } from './matchesFilter';

/** Undefined where it depends on what runs there. */
type Possible = (place: KoalaPlace) => boolean | undefined;

/**
 * Turns the conditions of a policy into what they say about a place before it is known which service is meant:
 * yes, no, or that it depends on the service.
 */
export function compilePossible(
  criteria: PermissionCriteria<KoalaServiceFilter>,
): Possible {
  if (isAndCriteria(criteria)) {
    const all = criteria.allOf.map(compilePossible);
    return place => combine(all, place, false);
  }
  if (isOrCriteria(criteria)) {
    const any = criteria.anyOf.map(compilePossible);
    return place => combine(any, place, true);
  }
  if (isNotCriteria(criteria)) {
    const not = compilePossible(criteria.not);
    return place => {
      const answer = not(place);
      return answer === undefined ? undefined : !answer;
    };
  }
  return place => decide(place, criteria);
}

/** One answer that decides is enough; without it, one that is open leaves all open. */
function combine(
  parts: readonly Possible[],
  place: KoalaPlace,
  deciding: boolean,
): boolean | undefined {
  let open = false;
  for (const part of parts) {
    const answer = part(place);
    if (answer === deciding) return deciding;
    open ||= answer === undefined;
  }
  return open ? undefined : !deciding;
}

function decide(
  place: KoalaPlace,
  filter: KoalaServiceFilter,
): boolean | undefined {
  switch (filter.property) {
    case 'service':
    case 'owner':
      return undefined;
    case 'namespace':
      return place.namespaces === undefined
        ? undefined
        : matchesFilter(place, filter);
    default:
      return matchesFilter(place, filter);
  }
}
