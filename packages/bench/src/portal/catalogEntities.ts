import type { Entity } from '@backstage/catalog-model';
import { BenchService } from '../population/serviceNames';
import { SERVICE_LABEL } from '../population/podTemplate';

const OWNER = 'user:default/guest';

const entity = (kind: string, rest: Omit<Entity, 'apiVersion' | 'kind'>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  ...rest,
});

/**
 * The catalog that every backend reads: a Component per service, its System, the clusters that
 * `catalogRelation` looks for, and the user who looks.
 */
export function catalogEntities(options: {
  services: readonly BenchService[];
  clusters: readonly string[];
}): Entity[] {
  const { services, clusters } = options;
  const systems = [...new Set(services.map(({ system }) => system))];
  return [
    entity('User', {
      metadata: { name: 'guest' },
      spec: { memberOf: [] },
    }),
    ...clusters.map(name =>
      entity('Resource', {
        metadata: { name },
        spec: { type: 'kubernetes-cluster', owner: OWNER },
      }),
    ),
    ...systems.map(name =>
      entity('System', { metadata: { name }, spec: { owner: OWNER } }),
    ),
    ...services.map(({ name, system }) =>
      entity('Component', {
        metadata: { name, annotations: { [SERVICE_LABEL]: name } },
        spec: {
          type: 'service',
          lifecycle: 'production',
          owner: OWNER,
          system,
          dependsOn: clusters.map(cluster => `resource:default/${cluster}`),
        },
      }),
    ),
  ];
}
