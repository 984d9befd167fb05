import { Cluster } from '../apiserver/Cluster';
import { KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { badRequest, expired, tooLargeResourceVersion } from '../status/errors';
import { objectKey } from '../storage/Store';
import { decodeContinue, encodeContinue } from './continueToken';
import { ListOptions } from './listOptions';
import { Selection } from './Selection';

/** One page of a list. */
export interface ListResult {
  items: KubeObject[];
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
const LIST_EXPIRED = 'The resourceVersion for the provided list is too old.';

/** The revision whose state is listed, and whether `limit` counts. */
function stateToList(
  cluster: Cluster,
  options: ListOptions,
): { revision: number; start: string; paged: boolean } {
  const { store, faults } = cluster;
  const { continueToken, resourceVersion, resourceVersionMatch } = options;
  const current = store.revision;
  if (continueToken) {
    const { revision, start } = decodeContinue(continueToken);
    if (resourceVersion) {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
    if (revision < 0) {
      return { revision: current, start, paged: true };
    }
    if (revision < store.compactedRevision) {
      if (faults.neverGone) {
        return { revision: current, start, paged: true };
      }
      throw expired(CONTINUE_EXPIRED, encodeContinue({ revision: -1, start }));
    }
    return { revision: Math.min(revision, current), start, paged: true };
  }
  if (resourceVersion === undefined) {
    return { revision: current, start: '', paged: true };
  }
  if (resourceVersion > current) {
    throw tooLargeResourceVersion(resourceVersion, current);
  }
  if (resourceVersion === 0) {
    // Any state will do: the real server answers from its cache, which does not page.
    return { revision: current, start: '', paged: false };
  }
  // With a limit and no match, a resourceVersion means exactly that one, for historical reasons.
  const exact =
    resourceVersionMatch === 'Exact' ||
    (!resourceVersionMatch && options.limit > 0);
  if (!exact) {
    return { revision: current, start: '', paged: true };
  }
  if (resourceVersion < store.compactedRevision) {
    if (faults.neverGone) {
      return { revision: current, start: '', paged: true };
    }
    throw expired(LIST_EXPIRED);
  }
  return { revision: resourceVersion, start: '', paged: true };
}

/** Lists the objects of a resource in the order of their keys, whole or by pages of one consistent state. */
export function listObjects(request: {
  cluster: Cluster;
  type: ResourceType;
  selection: Selection;
  options: ListOptions;
}): ListResult {
  const { cluster, type, selection, options } = request;
  const { revision, start, paged } = stateToList(cluster, options);
  const collection = cluster.store.collection(type.storedIn);
  const key = ({ metadata }: KubeObject) =>
    objectKey(metadata.namespace, metadata.name);
  const candidates = collection
    .listAt(revision)
    .filter(
      object =>
        key(object) >= start &&
        (!selection.namespace ||
          object.metadata.namespace === selection.namespace),
    );
  const matching = candidates.filter(selection.matches);
  const resourceVersion = String(revision);
  const items =
    paged && options.limit > 0 ? matching.slice(0, options.limit) : matching;
  // As on the real server: a page that is full ends before the next object, whether or not that is selected.
  if (
    items.length < options.limit ||
    items.length === 0 ||
    !paged ||
    options.limit === 0 ||
    items[items.length - 1] === candidates[candidates.length - 1]
  ) {
    return { items, metadata: { resourceVersion } };
  }
  return {
    items,
    metadata: {
      resourceVersion,
      continue: encodeContinue({
        revision,
        start: `${key(items[items.length - 1])}\u0000`,
      }),
      // With a selector the real server does not know how many of the rest match.
      ...(!selection.narrowed && {
        remainingItemCount: candidates.length - items.length,
      }),
    },
  };
}
