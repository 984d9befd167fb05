import { Fields } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';
import { allocateClusterIp, allocateNodePorts } from './serviceAddresses';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const hasNodePorts = (spec: Fields) =>
  spec.type === 'NodePort' ||
  (spec.type === 'LoadBalancer' &&
    spec.allocateLoadBalancerNodePorts !== false);

export const service: Strategy = {
  name: 'dns1035',
  returnsDeleted: true,
  selectable: selectable(['spec.clusterIP', 'spec.type']),
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.type ??= 'ClusterIP';
    spec.sessionAffinity ??= 'None';
    for (const port of spec.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
    if (spec.type === 'ExternalName') {
      return;
    }
    spec.internalTrafficPolicy ??= 'Cluster';
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
      spec.externalTrafficPolicy ??= 'Cluster';
    }
    if (spec.type === 'LoadBalancer') {
      spec.allocateLoadBalancerNodePorts ??= true;
    }
  },
  prepareForCreate(object, context) {
    if (
      !TYPES.includes(object.spec!.type) ||
      object.spec!.type === 'ExternalName'
    ) {
      return;
    }
    allocateClusterIp(object, context);
    if (hasNodePorts(object.spec!)) {
      allocateNodePorts(object, context);
    }
  },
  prepareForUpdate(object, old, context) {
    const spec = object.spec!;
    if (spec.type === 'ExternalName' || !TYPES.includes(spec.type)) {
      return;
    }
    if (old.spec!.clusterIP && spec.clusterIP === undefined) {
      spec.clusterIP = old.spec!.clusterIP;
      spec.clusterIPs = old.spec!.clusterIPs;
    } else if (!old.spec!.clusterIP) {
      allocateClusterIp(object, context);
    } else if (spec.clusterIP !== old.spec!.clusterIP) {
      spec.clusterIPs = [spec.clusterIP];
    }
    if (hasNodePorts(spec)) {
      for (const port of spec.ports ?? []) {
        // A PUT of a manifest without node ports keeps those that were allocated.
        port.nodePort ??= (old.spec!.ports ?? []).find(
          (other: Fields) =>
            other.port === port.port && other.protocol === port.protocol,
        )?.nodePort;
      }
      allocateNodePorts(object, context);
    } else {
      // Going back to ClusterIP gives the node ports back.
      for (const port of spec.ports ?? []) {
        delete port.nodePort;
      }
      delete spec.externalTrafficPolicy;
      delete spec.allocateLoadBalancerNodePorts;
    }
  },
  initialStatus: () => ({ loadBalancer: {} }),
  validate(object) {
    const spec = object.spec!;
    const causes: StatusCause[] = [];
    const ports: Fields[] = spec.ports ?? [];
    if (
      ports.length === 0 &&
      spec.type !== 'ExternalName' &&
      spec.clusterIP !== 'None'
    ) {
      causes.push(required('spec.ports'));
    }
    const names = new Set<string>();
    ports.forEach((port, index) => {
      const at = `spec.ports[${index}]`;
      if (ports.length > 1 && !port.name) {
        causes.push(required(`${at}.name`));
      } else if (port.name && names.has(port.name)) {
        causes.push(duplicate(`${at}.name`, port.name));
      }
      names.add(port.name);
      if (!(port.port >= 1 && port.port <= 65535)) {
        causes.push(
          invalidValue(
            `${at}.port`,
            port.port ?? 0,
            'must be between 1 and 65535, inclusive',
          ),
        );
      }
    });
    if (!TYPES.includes(spec.type)) {
      causes.push(notSupported('spec.type', spec.type, TYPES));
    }
    if (spec.type === 'ExternalName' && !spec.externalName) {
      causes.push(required('spec.externalName'));
    }
    return causes;
  },
  validateStatus: object =>
    object.status?.loadBalancer?.ingress && object.spec!.type !== 'LoadBalancer'
      ? [
          forbiddenField(
            'status.loadBalancer.ingress',
            "may only be used when `spec.type` is 'LoadBalancer'",
          ),
        ]
      : [],
  validateUpdate: (object, old) =>
    old.spec!.clusterIP &&
    old.spec!.type !== 'ExternalName' &&
    object.spec!.type !== 'ExternalName' &&
    object.spec!.clusterIP !== old.spec!.clusterIP
      ? [
          invalidValue(
            'spec.clusterIPs[0]',
            object.spec!.clusterIPs,
            'may not change once set',
          ),
        ]
      : [],
};
