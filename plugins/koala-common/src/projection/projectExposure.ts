import {
  ExposureObject,
  ExposurePort,
  ExposureType,
} from '../objects/ExposureObject';
import { projectLabels } from './projectLabels';
import { projectMeta } from './projectMeta';
import {
  RawObject,
  readCount,
  readList,
  readObject,
  readText,
} from './rawFields';
import { SharedValues } from './SharedValues';

function exposureType(spec: RawObject): ExposureType {
  switch (spec.type) {
    case 'NodePort':
    case 'LoadBalancer':
    case 'ExternalName':
      return spec.type;
    default:
      return spec.clusterIP === 'None' ? 'Headless' : 'ClusterIP';
  }
}

function projectPort(raw: RawObject, shared: SharedValues): ExposurePort {
  const target = raw.targetPort;
  const nodePort = readCount(raw.nodePort);
  return {
    name: shared.optionalText(readText(raw.name)),
    protocol: shared.text(readText(raw.protocol) ?? 'TCP'),
    port: readCount(raw.port) ?? 0,
    targetPort: typeof target === 'number' ? String(target) : readText(target),
    nodePort: nodePort || undefined,
  };
}

export function projectExposure(
  raw: RawObject,
  shared: SharedValues,
): ExposureObject {
  const meta = projectMeta({ kind: 'Service', raw, shared });
  const spec = readObject(raw.spec);
  const balancer = readObject(readObject(raw.status).loadBalancer);
  return {
    kind: 'Service',
    meta,
    type: exposureType(spec),
    selector: projectLabels(spec.selector, shared),
    ports: readList(spec.ports).map(port => projectPort(port, shared)),
    externalName: readText(spec.externalName),
    addresses: readList(balancer.ingress)
      .map(item => readText(item.ip) ?? readText(item.hostname))
      .filter(address => address !== undefined),
  };
}
