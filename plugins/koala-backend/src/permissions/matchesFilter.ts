import {
  KoalaPlace,
  KoalaServiceFilter,
  KoalaServiceResource,
} from './koalaServiceResource';

/**
 * Whether a resource passes a filter. Of a service that looks into several namespaces, every one has to
 * be named: a reader of one namespace must not learn about another.
 */
export function matchesFilter(
  resource: KoalaPlace & Partial<KoalaServiceResource>,
  { property, values }: KoalaServiceFilter,
): boolean {
  if (property === 'namespace') {
    const { namespaces = [] } = resource;
    return (
      namespaces.length > 0 &&
      namespaces.every(namespace => values.includes(namespace))
    );
  }
  const value = resource[property];
  return value !== undefined && values.includes(value);
}
