import { selectable } from '../../selectors/fieldSelector';
import { Strategy } from '../Strategy';

const NO_INFO = {
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
};

export const node: Strategy = {
  selectable: selectable([], {
    'spec.unschedulable': object => object.spec?.unschedulable ?? false,
  }),
  setDefaults(object) {
    object.spec ??= {};
    object.status ??= {};
    object.status.nodeInfo = { ...NO_INFO, ...object.status.nodeInfo };
    object.status.daemonEndpoints ??= { kubeletEndpoint: { Port: 0 } };
  },
  // A new node takes no pods until the node controller has seen it ready.
  prepareForCreate(object) {
    const taints = object.spec!.taints ?? [];
    const key = 'node.kubernetes.io/not-ready';
    if (!taints.some((taint: { key: string }) => taint.key === key)) {
      object.spec!.taints = [...taints, { key, effect: 'NoSchedule' }];
    }
  },
  // Kubelets register with their status, unlike anybody else who creates an object.
  initialStatus: object => object.status,
};
