import { semanticallyEqual } from '../../objects/equal';
import { Fields } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import { forbiddenField } from '../../status/fieldErrors';
import { Strategy } from '../Strategy';
import {
  allocateClusterIp,
  allocateHealthCheckPort,
  allocateNodePorts,
} from './serviceAddresses';
import {
  dropUnused,
  getsNodePorts,
  isExternal,
  isNoBalancerAnyMore,
  isOnNodes,
  needsClusterIp,
  needsHealthCheck,
  nodePortsOf,
} from './serviceFields';
import {
  SERVICE_TYPES,
  validateService,
  validateServiceUpdate,
} from './serviceValidation';

const AFFINITY_SECONDS = 10_800;

/** A cluster with IPv4 alone; headless Services without a selector may have endpoints of either family. */
function setFamilies(spec: Fields, old?: Fields): void {
  if (!needsClusterIp(spec)) {
    return;
  }
  const isOpen =
    spec.clusterIPs?.[0] === 'None' &&
    Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??=
    old?.ipFamilyPolicy ?? (isOpen ? 'RequireDualStack' : 'SingleStack');
  spec.ipFamilies ??=
    isOpen && spec.ipFamilyPolicy !== 'SingleStack'
      ? ['IPv4', 'IPv6']
      : ['IPv4'];
}

/** Takes over what was allocated before, where a manifest does not say it. */
function keepAllocated(spec: Fields, old: Fields): void {
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    spec.clusterIP ||= old.clusterIP;
    spec.clusterIPs ??= old.clusterIPs;
  }
  if (getsNodePorts(old) && getsNodePorts(spec)) {
    const used = nodePortsOf(old).filter(port =>
      nodePortsOf(spec).includes(port),
    );
    for (const port of spec.ports ?? []) {
      const before = (old.ports ?? []).find(
        (other: Fields) => (other.name ?? '') === (port.name ?? ''),
      )?.nodePort;
      if (!port.nodePort && before && !used.includes(before)) {
        port.nodePort = before;
      }
    }
  }
  if (needsHealthCheck(old) && needsHealthCheck(spec)) {
    spec.healthCheckNodePort ||= old.healthCheckNodePort;
  }
}

/** One address in two fields: who changes only one of them means both. */
function alignClusterIps(spec: Fields, old?: Fields): void {
  if (!old) {
    if (spec.clusterIP) {
      spec.clusterIPs ??= [spec.clusterIP];
    }
    return;
  }
  if (
    spec.clusterIP !== old.clusterIP &&
    semanticallyEqual(spec.clusterIPs, old.clusterIPs)
  ) {
    spec.clusterIPs = spec.clusterIP ? [spec.clusterIP] : undefined;
  }
}

export const service: Strategy = {
  name: 'dns1035',
  returnsDeleted: true,
  selectable: selectable(['spec.clusterIP', 'spec.type']),
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.type ??= 'ClusterIP';
    spec.sessionAffinity ??= 'None';
    if (spec.sessionAffinity === 'None') {
      delete spec.sessionAffinityConfig;
    } else {
      spec.sessionAffinityConfig ??= {};
      spec.sessionAffinityConfig.clientIP ??= {};
      spec.sessionAffinityConfig.clientIP.timeoutSeconds ??= AFFINITY_SECONDS;
    }
    for (const port of spec.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ||= port.port;
    }
    if (isExternal(spec)) {
      spec.externalTrafficPolicy ??= 'Cluster';
    }
    if (needsClusterIp(spec)) {
      spec.internalTrafficPolicy ??= 'Cluster';
    }
    if (spec.type === 'LoadBalancer') {
      spec.allocateLoadBalancerNodePorts ??= true;
    }
  },
  prepareForCreate(object, context) {
    const spec = object.spec!;
    alignClusterIps(spec);
    setFamilies(spec);
    if (!SERVICE_TYPES.includes(spec.type) || !needsClusterIp(spec)) {
      return;
    }
    allocateClusterIp(object, context);
    if (isOnNodes(spec)) {
      allocateNodePorts(object, context);
    }
    if (needsHealthCheck(spec)) {
      allocateHealthCheckPort(object, context);
    }
  },
  prepareForUpdate(object, old, context) {
    const spec = object.spec!;
    const before = old.spec!;
    keepAllocated(spec, before);
    alignClusterIps(spec, before);
    setFamilies(spec, before);
    if (SERVICE_TYPES.includes(spec.type)) {
      if (!needsClusterIp(before) && needsClusterIp(spec)) {
        allocateClusterIp(object, context);
      }
      if (isOnNodes(spec)) {
        allocateNodePorts(object, context, nodePortsOf(before));
      }
      if (needsHealthCheck(spec) && !needsHealthCheck(before)) {
        allocateHealthCheckPort(object, context);
      }
    }
    dropUnused(spec, before);
    if (spec.type === 'ExternalName') {
      delete spec.internalTrafficPolicy;
    }
    if (isNoBalancerAnyMore(spec, before)) {
      object.status = { ...old.status, loadBalancer: {} };
    }
  },
  initialStatus: () => ({ loadBalancer: {} }),
  prepareStatus(object) {
    const status = (object.status ??= {});
    status.loadBalancer ??= {};
    const { ingress } = status.loadBalancer;
    if (ingress?.length === 0) {
      delete status.loadBalancer.ingress;
    }
    for (const entry of ingress ?? []) {
      if (entry.ip && object.spec!.type === 'LoadBalancer') {
        entry.ipMode ??= 'VIP';
      }
    }
  },
  validate: validateService,
  validateStatus: object =>
    object.status?.loadBalancer?.ingress && object.spec!.type !== 'LoadBalancer'
      ? [
          forbiddenField(
            'status.loadBalancer.ingress',
            "may only be used when `spec.type` is 'LoadBalancer'",
          ),
        ]
      : [],
  validateUpdate: validateServiceUpdate,
};
