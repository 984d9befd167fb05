import { randomInt } from 'node:crypto';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { invalid } from '../../status/errors';
import { invalidValue } from '../../status/fieldErrors';
import { WriteContext } from '../Strategy';

const SERVICES = { group: '', resource: 'services' };
const NODE_PORTS = { first: 30000, last: 32767 };

function others(object: KubeObject, context: WriteContext): KubeObject[] {
  return context
    .list(SERVICES)
    .filter(
      ({ metadata }) =>
        metadata.name !== object.metadata.name ||
        metadata.namespace !== object.metadata.namespace,
    );
}

/** Gives a Service its cluster IP out of 10.96.0.0/16, or checks the one it asks for. */
export function allocateClusterIp(
  object: KubeObject,
  context: WriteContext,
): void {
  const spec = object.spec!;
  const asked = spec.clusterIP ?? spec.clusterIPs?.[0];
  if (asked === 'None') {
    spec.clusterIP = 'None';
    spec.clusterIPs = ['None'];
    return;
  }
  const taken = new Set(
    others(object, context).map(service => service.spec?.clusterIP),
  );
  const refuse = (detail: string) =>
    invalid({ group: '', kind: 'Service', name: object.metadata.name }, [
      invalidValue('spec.clusterIPs', [asked], detail),
    ]);
  if (asked && !/^10\.96\.\d{1,3}\.\d{1,3}$/.test(asked)) {
    throw refuse(
      `failed to allocate IP ${asked}: the provided network does not match the current range`,
    );
  }
  if (asked && taken.has(asked)) {
    throw refuse(
      `failed to allocate IP ${asked}: provided IP is already allocated`,
    );
  }
  let address = asked;
  while (!address || taken.has(address)) {
    address = `10.96.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  }
  spec.clusterIP = address;
  spec.clusterIPs = [address];
}

/** Gives every port of a NodePort or LoadBalancer Service a node port, or checks those it asks for. */
export function allocateNodePorts(
  object: KubeObject,
  context: WriteContext,
): void {
  const taken = new Set<number>(
    others(object, context).flatMap(service =>
      (service.spec?.ports ?? []).map((port: Fields) => port.nodePort),
    ),
  );
  const ports: Fields[] = object.spec!.ports ?? [];
  const refuse = (index: number, detail: string) =>
    invalid({ group: '', kind: 'Service', name: object.metadata.name }, [
      invalidValue(
        `spec.ports[${index}].nodePort`,
        ports[index].nodePort,
        detail,
      ),
    ]);
  ports.forEach((port, index) => {
    if (!port.nodePort) {
      return;
    }
    if (port.nodePort < NODE_PORTS.first || port.nodePort > NODE_PORTS.last) {
      throw refuse(
        index,
        `provided port is not in the valid range. The range of valid ports is ${NODE_PORTS.first}-${NODE_PORTS.last}`,
      );
    }
    if (taken.has(port.nodePort)) {
      throw refuse(index, 'provided port is already allocated');
    }
  });
  for (const port of ports) {
    while (!port.nodePort || taken.has(port.nodePort)) {
      port.nodePort = randomInt(NODE_PORTS.first, NODE_PORTS.last + 1);
    }
    taken.add(port.nodePort);
  }
}
