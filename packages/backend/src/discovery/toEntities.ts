import { Entity } from '@backstage/catalog-model';
import { entityName } from './entityName';
import {
  applicationOf,
  LabelledWorkload,
  serviceNameOf,
} from './serviceNameOf';

/** A workload and the cluster it was found in. */
export interface FoundWorkload {
  cluster: string;
  workload: LabelledWorkload;
}

/** Whom everything belongs to: a cluster does not say who owns a service. */
const OWNER = 'unassigned';

const LOCATION = 'koala-discovery:kubeconfig';

/**
 * One Component for each service that runs somewhere, and one System for each
 * application they are part of. Equal input gives equal output, in whatever
 * order the workloads come.
 */
export function toEntities(found: readonly FoundWorkload[]): Entity[] {
  const services = new Map<string, Service>();
  for (const { cluster, workload } of found) {
    const name = serviceNameOf(workload);
    if (!name) continue;
    const service = services.get(name.value) ?? {
      ...name,
      places: new Set<string>(),
      applications: new Set<string>(),
    };
    services.set(name.value, service);
    service.places.add(`${cluster}/${workload.metadata?.namespace}`);
    const application = applicationOf(workload);
    if (application) service.applications.add(application);
  }
  if (services.size === 0) {
    return [];
  }
  const systems = new Set(
    [...services.values()]
      .map(systemOf)
      .filter((name): name is string => name !== undefined),
  );
  return [
    group(),
    guest(),
    ...[...systems].sort().map(system),
    ...[...services.values()]
      .sort((a, b) => (a.value < b.value ? -1 : 1))
      .map(component),
  ];
}

interface Service {
  value: string;
  label?: string;
  /** `cluster/namespace` */
  places: Set<string>;
  applications: Set<string>;
}

/** A service of several applications belongs to the first by name: the catalog takes one. */
function systemOf({ applications }: Service): string | undefined {
  return [...applications].sort()[0];
}

function component(service: Service): Entity {
  const name = entityName(service.value);
  const application = systemOf(service);
  return entity({
    kind: 'Component',
    name,
    // Where the catalog cannot carry the name, the label finds the workloads.
    annotations:
      name !== service.value && service.label
        ? {
            'backstage.io/kubernetes-label-selector': `${service.label}=${service.value}`,
          }
        : {},
    title: name === service.value ? undefined : service.value,
    description: `Found in ${[...service.places].sort().join(', ')}`,
    spec: {
      type: 'service',
      lifecycle: 'unknown',
      owner: OWNER,
      ...(application && { system: entityName(application) }),
    },
  });
}

function system(application: string): Entity {
  const name = entityName(application);
  return entity({
    kind: 'System',
    name,
    title: name === application ? undefined : application,
    spec: { owner: OWNER },
  });
}

function group(): Entity {
  return entity({
    kind: 'Group',
    name: OWNER,
    title: 'No team yet',
    description: 'Services found in your clusters',
    spec: { type: 'team', children: [] },
  });
}

function guest(): Entity {
  return entity({
    kind: 'User',
    name: 'guest',
    spec: { memberOf: [OWNER] },
  });
}

function entity(given: {
  kind: string;
  name: string;
  title?: string;
  description?: string;
  annotations?: Record<string, string>;
  spec: Entity['spec'];
}): Entity {
  const { kind, name, title, description, annotations, spec } = given;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      ...(title && { title }),
      ...(description && { description }),
      annotations: {
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
        ...annotations,
      },
    },
    spec,
  };
}
