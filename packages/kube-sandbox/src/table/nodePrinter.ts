import { Fields } from '../objects/KubeObject';
import { age } from './duration';
import { Printer } from './Printer';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

function readiness(status: string | undefined): string {
  if (status === undefined) {
    return 'Unknown';
  }
  return status === 'True' ? 'Ready' : 'NotReady';
}

export const nodePrinter: Printer = (node, now) => {
  const { metadata, spec, status } = node;
  const ready = (status?.conditions ?? []).find(
    (condition: Fields) => condition.type === 'Ready',
  );
  const states = [
    readiness(ready?.status),
    ...(spec?.unschedulable ? ['SchedulingDisabled'] : []),
  ];
  const roles = Object.keys(metadata.labels ?? {})
    .filter(label => label.startsWith(ROLE_PREFIX))
    .map(label => label.slice(ROLE_PREFIX.length))
    .sort();
  const address = (type: string) =>
    (status?.addresses ?? []).find((entry: Fields) => entry.type === type)
      ?.address ?? '<none>';
  const unknown = (value: string | undefined) => value || '<unknown>';
  return [
    metadata.name,
    states.join(','),
    roles.join(',') || '<none>',
    age(metadata.creationTimestamp, now),
    status?.nodeInfo?.kubeletVersion ?? '',
    address('InternalIP'),
    address('ExternalIP'),
    unknown(status?.nodeInfo?.osImage),
    unknown(status?.nodeInfo?.kernelVersion),
    unknown(status?.nodeInfo?.containerRuntimeVersion),
  ];
};
