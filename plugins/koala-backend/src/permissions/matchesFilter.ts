import {
  KoalaServiceFilter,
  KoalaServiceResource,
} from './koalaServiceResource';

/**
 * Whether a resource passes a filter. Of a service that looks into several namespaces, every one has to
 * be named: a reader of one namespace must not learn about another.
 */
export function matchesFilter(
  resource: KoalaServiceResource,
  { property, values }: KoalaServiceFilter,
): boolean {
  if (property === 'namespace') {
    return (
      resource.namespaces.length > 0 &&
      resource.namespaces.every(namespace => values.includes(namespace))
    );
  }
  const value = resource[property];
  return value !== undefined && values.includes(value);
}
