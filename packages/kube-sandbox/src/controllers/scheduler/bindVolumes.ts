import { ApiClient, resources } from '../../client';
import { SELECTED_NODE } from '../volumes/annotations';
import { reserveVolume } from '../volumes/bindVolume';
import { VolumePlan } from './PodVolumes';

/**
 * Starts the binding of a pod's volumes on a node; the volume controller and the provisioner finish it.
 * True where nothing has to be waited for.
 */
export async function bindVolumes(options: {
  client: ApiClient;
  plan: VolumePlan;
  node: string;
}): Promise<boolean> {
  const { client, plan, node } = options;
  for (const { volume, claim } of plan.reserve) {
    await reserveVolume(client, volume, claim);
  }
  for (const claim of plan.provision) {
    const { annotations } = claim.metadata;
    if (annotations?.[SELECTED_NODE] !== node) {
      await client.update(resources.persistentVolumeClaims, {
        ...claim,
        metadata: {
          ...claim.metadata,
          annotations: { ...annotations, [SELECTED_NODE]: node },
        },
      });
    }
  }
  return plan.reserve.length + plan.provision.length === 0;
}
