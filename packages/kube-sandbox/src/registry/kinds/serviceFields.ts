import { Fields } from '../../objects/KubeObject';
import { semanticallyEqual } from '../../objects/equal';

/** Which fields of a Service's spec its type has a use for. */

export const needsClusterIp = (spec: Fields): boolean =>
  spec.type !== 'ExternalName';

export const isHeadless = (spec: Fields): boolean =>
  spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';

/** Reached through nodes. */
export const isOnNodes = (spec: Fields): boolean =>
  spec.type === 'NodePort' || spec.type === 'LoadBalancer';

/** Its ports are given node ports by themselves. */
export const getsNodePorts = (spec: Fields): boolean =>
  spec.type === 'NodePort' ||
  (spec.type === 'LoadBalancer' &&
    spec.allocateLoadBalancerNodePorts !== false);

/** Traffic policies for what comes from outside the cluster matter. */
export const isExternal = (spec: Fields): boolean =>
  isOnNodes(spec) ||
  (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0);

/** A load balancer asks each node whether it has a pod of its own. */
export const needsHealthCheck = (spec: Fields): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

export function nodePortsOf(spec: Fields): number[] {
  return (spec.ports ?? [])
    .map((port: Fields) => port.nodePort)
    .filter(Boolean);
}

/**
 * Takes out what a new type has no use for, as long as it is what was there before: changing a type alone
 * must not fail because of fields that the server set by itself.
 */
export function dropUnused(spec: Fields, old: Fields): void {
  const isSame = (...names: string[]) =>
    names.every(name => semanticallyEqual(spec[name], old[name]));
  if (needsClusterIp(old) && !needsClusterIp(spec)) {
    if (isSame('clusterIP', 'clusterIPs')) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    for (const name of ['ipFamilies', 'ipFamilyPolicy']) {
      if (isSame(name)) {
        delete spec[name];
      }
    }
  }
  const before = nodePortsOf(old);
  if (
    isOnNodes(old) &&
    !isOnNodes(spec) &&
    nodePortsOf(spec).every(port => before.includes(port))
  ) {
    for (const port of spec.ports ?? []) {
      delete port.nodePort;
    }
  }
  const unused = {
    healthCheckNodePort: needsHealthCheck(old) && !needsHealthCheck(spec),
    allocateLoadBalancerNodePorts: isNoBalancerAnyMore(spec, old),
    loadBalancerClass: isNoBalancerAnyMore(spec, old),
    externalTrafficPolicy: isExternal(old) && !isExternal(spec),
  };
  for (const [name, isUnused] of Object.entries(unused)) {
    if (isUnused && isSame(name)) {
      delete spec[name];
    }
  }
}

export function isNoBalancerAnyMore(spec: Fields, old: Fields): boolean {
  return old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer';
}
