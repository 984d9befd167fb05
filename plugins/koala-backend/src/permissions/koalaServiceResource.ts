import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  Environment,
  RESOURCE_TYPE_KOALA_SERVICE,
  ServiceIdentity,
  Target,
} from '@koala-ops/backstage-plugin-koala-common';

/**
 * What `koala.service.read` is decided on: one service in one target.
 *
 * @public
 */
export interface KoalaServiceResource {
  /** Entity reference of the Component. */
  service: string;
  owner?: string;
  environment: string;
  tier?: string;
  cluster: string;
  /** Namespaces that are looked into. */
  namespaces: readonly string[];
}

/**
 * Somewhere that services run, whichever they are. Without namespaces, all of a target.
 */
export type KoalaPlace = Pick<
  KoalaServiceResource,
  'environment' | 'tier' | 'cluster'
> &
  Partial<Pick<KoalaServiceResource, 'namespaces'>>;

/**
 * One comparison that a rule stands for: the property has one of the values.
 *
 * @public
 */
export interface KoalaServiceFilter {
  property:
    | 'service'
    | 'owner'
    | 'environment'
    | 'tier'
    | 'cluster'
    | 'namespace';
  values: readonly string[];
}

/**
 * For policies: identifies the resources that conditions are written for.
 *
 * @public
 */
export const koalaServicePermissionResourceRef = createPermissionResourceRef<
  KoalaServiceResource,
  KoalaServiceFilter
>().with({ pluginId: 'koala', resourceType: RESOURCE_TYPE_KOALA_SERVICE });

export function resourceOf(slot: {
  service: Pick<ServiceIdentity, 'ref' | 'owner'>;
  environment: Pick<Environment, 'name' | 'tier'>;
  target: Pick<Target, 'cluster'>;
  namespaces: readonly string[];
}): KoalaServiceResource {
  return {
    service: slot.service.ref,
    owner: slot.service.owner,
    environment: slot.environment.name,
    tier: slot.environment.tier,
    cluster: slot.target.cluster,
    namespaces: slot.namespaces,
  };
}
