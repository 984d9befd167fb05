const API_VERSION = 'backstage.io/v1alpha1';

/** A system, its team, and a Component for each name: none with a Kubernetes annotation. */
export function catalogOf(system: string, components: readonly string[]) {
  const owner = `${system}-team`;
  return [
    {
      apiVersion: API_VERSION,
      kind: 'Group',
      metadata: { name: owner },
      spec: { type: 'team', children: [] },
    },
    {
      apiVersion: API_VERSION,
      kind: 'System',
      metadata: { name: system },
      spec: { owner },
    },
    ...components.map(name => ({
      apiVersion: API_VERSION,
      kind: 'Component',
      metadata: { name },
      spec: { type: 'service', lifecycle: 'production', owner, system },
    })),
  ];
}
