import { InputError } from '@backstage/errors';

/**
 * An API path from its segments. Every segment is encoded; those that a server would resolve (`.`, `..`) or
 * that are empty are refused, so that no name can reach another resource.
 *
 * @throws InputError if a segment cannot be a name
 */
export function apiPath(...segments: string[]): string {
  return segments
    .map(segment => {
      if (segment === '' || segment === '.' || segment === '..') {
        throw new InputError(
          `"${segment}" cannot be part of a Kubernetes API path`,
        );
      }
      return `/${encodeURIComponent(segment)}`;
    })
    .join('');
}
