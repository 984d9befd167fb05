import { Resource } from './resources';

/** Query parameters; undefined ones are left out. @public */
export type Query = Record<string, string | number | undefined>;

/** Path of a collection, an object or a subresource, with every name encoded. */
export function resourcePath(
  resource: Resource,
  options: {
    namespace?: string;
    name?: string;
    subresource?: string;
    query?: Query;
  } = {},
): string {
  const { namespace, name, subresource, query = {} } = options;
  const segments = [
    ...(resource.group ? ['apis', resource.group] : ['api']),
    resource.version,
    ...(resource.namespaced && namespace ? ['namespaces', namespace] : []),
    resource.plural,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ];
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(key, String(value));
    }
  }
  const search = parameters.size > 0 ? `?${parameters}` : '';
  return `/${segments.map(encodeURIComponent).join('/')}${search}`;
}
