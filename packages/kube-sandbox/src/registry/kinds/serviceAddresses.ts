import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { internalError, invalid } from '../../status/errors';
import { invalidValue } from '../../status/fieldErrors';
import { StatusError } from '../../status/StatusError';
import { WriteContext } from '../Strategy';
import { getsNodePorts, nodePortsOf } from './serviceFields';

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

function refusal(
  object: KubeObject,
  field: string,
  value: unknown,
  detail: string,
): StatusError {
  return invalid({ group: '', kind: 'Service', name: object.metadata.name }, [
    invalidValue(field, value, detail),
  ]);
}

/** Gives a Service its cluster IP out of 10.96.0.0/16, or checks the one it asks for. */
export function allocateClusterIp(
  object: KubeObject,
  context: WriteContext,
): void {
  const spec = object.spec!;
  const asked = spec.clusterIPs?.[0] ?? spec.clusterIP;
  // What is no address is refused with all else that is wrong.
  if (asked === 'None' || (asked && !isIP(asked))) {
    return;
  }
  const taken = new Set(
    others(object, context).map(service => service.spec?.clusterIP),
  );
  const refuse = (detail: string) =>
    refusal(
      object,
      'spec.clusterIPs',
      [asked],
      `failed to allocate IP ${asked}: ${detail}`,
    );
  if (asked && !/^10\.96\.\d{1,3}\.\d{1,3}$/.test(asked)) {
    throw refuse('the provided network does not match the current range');
  }
  if (asked && taken.has(asked)) {
    throw refuse('provided IP is already allocated');
  }
  let address = asked;
  while (!address || taken.has(address)) {
    address = `10.96.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  }
  spec.clusterIP = address;
  spec.clusterIPs = [address];
}

/** The node ports of a cluster while one Service is written. */
class NodePorts {
  private readonly taken: Set<number>;

  constructor(object: KubeObject, context: WriteContext) {
    this.taken = new Set(
      others(object, context).flatMap(({ spec = {} }) => [
        ...nodePortsOf(spec),
        ...(spec.healthCheckNodePort ? [spec.healthCheckNodePort] : []),
      ]),
    );
  }

  /** Says why the port cannot be had; undefined where it can. */
  reserve(port: number): string | undefined {
    const { first, last } = NODE_PORTS;
    if (port < first || port > last) {
      return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    }
    if (this.taken.has(port)) {
      return 'provided port is already allocated';
    }
    this.taken.add(port);
    return undefined;
  }

  next(): number {
    const { first, last } = NODE_PORTS;
    if (this.taken.size > last - first) {
      throw internalError('failed to allocate a nodePort: range is full');
    }
    let port = randomInt(first, last + 1);
    while (this.taken.has(port)) {
      port = port === last ? first : port + 1;
    }
    this.taken.add(port);
    return port;
  }
}

/**
 * Gives the ports of a Service their node ports, and checks those that it asks for. Ports of the same
 * number, such as one for TCP and one for UDP, share theirs. `kept` are those that it has already.
 */
export function allocateNodePorts(
  object: KubeObject,
  context: WriteContext,
  kept: readonly number[] = [],
): void {
  const spec = object.spec!;
  const nodePorts = new NodePorts(object, context);
  const ports: Fields[] = spec.ports ?? [];
  const own = new Set<number>();
  kept.forEach(port => nodePorts.reserve(port));
  ports.forEach(({ nodePort }, index) => {
    if (!nodePort || kept.includes(nodePort) || own.has(nodePort)) {
      return;
    }
    const problem = nodePorts.reserve(nodePort);
    if (problem) {
      const field = `spec.ports[${index}].nodePort`;
      throw refusal(object, field, nodePort, problem);
    }
    own.add(nodePort);
  });
  if (!getsNodePorts(spec)) {
    return;
  }
  for (const port of ports) {
    port.nodePort ||=
      kept.length === 0
        ? ports.find(other => other.port === port.port && other.nodePort)
            ?.nodePort ?? nodePorts.next()
        : nodePorts.next();
  }
}

/** Gives a Service the port at which its load balancer asks nodes for their health, or checks its own. */
export function allocateHealthCheckPort(
  object: KubeObject,
  context: WriteContext,
): void {
  const spec = object.spec!;
  const nodePorts = new NodePorts(object, context);
  nodePortsOf(spec).forEach(port => nodePorts.reserve(port));
  const asked = spec.healthCheckNodePort;
  const problem = asked && nodePorts.reserve(asked);
  if (problem) {
    throw internalError(
      `failed to allocate requested HealthCheck NodePort ${asked}: ${problem}`,
    );
  }
  spec.healthCheckNodePort = asked || nodePorts.next();
}
