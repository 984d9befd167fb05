import { Condition, Node, timestamp } from '../client';

/** What a simulated node is. @public */
export interface NodeIdentity {
  name: string;
  /** `10.89.0.11` */
  address: string;
  zone: string;
  region: string;
  /** `v1.35.1` */
  kubeletVersion: string;
  /** cpu, memory, pods, ephemeral-storage, as Kubernetes quantities. */
  capacity: Record<string, string>;
}

/** A node as its kubelet registers it, with the labels that public manifests select on. */
export function nodeObject({ name, zone, region }: NodeIdentity): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'simulated',
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
      },
    },
    spec: { providerID: `koala://${region}/${zone}/${name}` },
  };
}

const PRESSURES = [
  [
    'MemoryPressure',
    'KubeletHasSufficientMemory',
    'kubelet has sufficient memory available',
  ],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  [
    'PIDPressure',
    'KubeletHasSufficientPID',
    'kubelet has sufficient PID available',
  ],
] as const;

/** Status of a node whose kubelet is well. */
export function nodeStatus(
  identity: NodeIdentity,
  options: {
    now: number;
    previous?: Condition[];
    /** Where the kubelet listens on loopback, if it does. */
    kubeletPort?: number;
  },
): NonNullable<Node['status']> {
  const { name, address, kubeletVersion, capacity } = identity;
  const at = timestamp(options.now);
  const condition = (
    type: string,
    status: 'True' | 'False',
    reason: string,
    message: string,
  ): Condition => {
    const before = options.previous?.find(other => other.type === type);
    return {
      type,
      status,
      reason,
      message,
      lastHeartbeatTime: at,
      lastTransitionTime:
        before?.status === status ? before.lastTransitionTime : at,
    };
  };
  return {
    capacity,
    allocatable: capacity,
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
      // The other addresses lead nowhere; this one an API server on the same machine can reach.
      ...(options.kubeletPort
        ? [{ type: 'InternalDNS', address: 'localhost' }]
        : []),
    ],
    conditions: [
      ...PRESSURES.map(([type, reason, message]) =>
        condition(type, 'False', reason, message),
      ),
      condition(
        'Ready',
        'True',
        'KubeletReady',
        'kubelet is posting ready status',
      ),
    ],
    daemonEndpoints: {
      kubeletEndpoint: { Port: options.kubeletPort ?? 10250 },
    },
    nodeInfo: {
      architecture: 'amd64',
      bootID: `boot-${name}`,
      containerRuntimeVersion: 'containerd://2.1.4',
      kernelVersion: '6.12.0-simulated',
      kubeProxyVersion: '',
      kubeletVersion,
      machineID: `machine-${name}`,
      operatingSystem: 'linux',
      osImage: 'Koala simulated node',
      systemUUID: `system-${name}`,
    },
  };
}
