import { badRequest } from '../status/errors';

/** What a request is about, read from its path. */
export interface RequestInfo {
  /** `v1` or `apps/v1`. */
  groupVersion: string;
  group: string;
  namespace?: string;
  resource: string;
  name?: string;
  subresource?: string;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(segment)}`);
  }
}

/**
 * Reads the path of a resource: `/api/v1/namespaces/shop/pods/cart-1/status`. Returns undefined for other paths
 * (discovery, health) and for paths with more segments than a resource has.
 */
export function parseRequestInfo(path: string): RequestInfo | undefined {
  const segments = path.split('/').slice(1);
  if (segments[segments.length - 1] === '') {
    segments.pop();
  }
  const prefix = segments.shift();
  let group = '';
  if (prefix === 'apis') {
    group = decodeSegment(segments.shift() ?? '');
  } else if (prefix !== 'api') {
    return undefined;
  }
  const version = decodeSegment(segments.shift() ?? '');
  if (segments.length === 0) {
    return undefined;
  }
  let namespace: string | undefined;
  let parts = segments.map(decodeSegment);
  if (parts[0] === 'namespaces' && parts.length >= 2) {
    namespace = parts[1];
    // `/namespaces/x` and its subresources are about the Namespace itself.
    if (parts.length > 2 && !['status', 'finalize'].includes(parts[2])) {
      parts = parts.slice(2);
    }
  }
  const [resource, name, subresource, ...rest] = parts;
  if (rest.length > 0) {
    return { groupVersion: '', group, resource: '' };
  }
  return {
    groupVersion: group ? `${group}/${version}` : version,
    group,
    namespace,
    resource,
    name,
    subresource,
  };
}
