import { Controller } from './Controller';
import { ingressController } from './ingress/IngressController';
import { loadBalancerController } from './loadbalancer/LoadBalancerController';
import { volumeProvisioner } from './volumes/volumeProvisioner';

/**
 * What a cloud does for a cluster, and no controller manager: give addresses to load balancers and
 * Ingresses, make volumes. These run beside a real control plane too, as a cloud controller manager, an
 * ingress controller and a provisioner would; all others would fight with the real ones there.
 *
 * @public
 */
export const cloudControllers: readonly Controller[] = [
  loadBalancerController,
  ingressController,
  volumeProvisioner,
];
