/** A name that Kubernetes takes for a namespace. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * What the annotation `koala.io/namespaces` says.
 *
 * @public
 */
export interface NamedNamespaces {
  /** Namespaces by environment; none where all that is named for it cannot be a namespace. */
  byEnvironment: ReadonlyMap<string, readonly string[]>;
  /** Entries that cannot be read, as they stand there. */
  bad: readonly string[];
}

/**
 * Reads `dev=shop-dev,prod=shop`. An environment whose namespaces cannot be read keeps its entry: falling back to
 * the configured ones would show somebody else's workloads.
 *
 * @public
 */
export function parseNamespaces(text: string): NamedNamespaces {
  const byEnvironment = new Map<string, readonly string[]>();
  const bad: string[] = [];
  for (const entry of text.split(',').map(part => part.trim())) {
    if (entry === '') continue;
    const [environment, ...rest] = entry.split('=').map(part => part.trim());
    const namespace = rest.join('=');
    const known = byEnvironment.get(environment) ?? [];
    const valid = environment !== '' && NAMESPACE.test(namespace);
    if (!valid) bad.push(entry);
    if (environment !== '' && rest.length > 0) {
      byEnvironment.set(environment, valid ? [...known, namespace] : known);
    }
  }
  return { byEnvironment, bad };
}
