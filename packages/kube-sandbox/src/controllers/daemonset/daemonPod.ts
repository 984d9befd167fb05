import {
  DaemonSet,
  NodeSelectorTerm,
  Pod,
  PodSpec,
  PodTemplate,
  resources,
  Toleration,
} from '../../client';
import { REVISION_HASH_LABEL } from '../history/revisions';
import { controllerReference } from '../ownership';
import { requiredTerms } from '../scheduler/nodeSelection';

/** Counts changes of the template; older than revisions, and still kept up. */
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation';
const GENERATION_LABEL = 'pod-template-generation';

const tolerated = (key: string, effect: string): Toleration => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect,
});

/** A daemon stays on nodes that are in trouble, to help them or to report. */
const TOLERATIONS = [
  tolerated('not-ready', 'NoExecute'),
  tolerated('unreachable', 'NoExecute'),
  tolerated('disk-pressure', 'NoSchedule'),
  tolerated('memory-pressure', 'NoSchedule'),
  tolerated('pid-pressure', 'NoSchedule'),
  tolerated('unschedulable', 'NoSchedule'),
];

/** Tolerations of a daemon's pods: those of its template, then the ones that every daemon has. */
export function daemonTolerations(spec: PodSpec): Toleration[] {
  const own = spec.tolerations ?? [];
  const automatic = [
    ...TOLERATIONS,
    ...(spec.hostNetwork
      ? [tolerated('network-unavailable', 'NoSchedule')]
      : []),
  ];
  return [
    ...own,
    ...automatic.filter(
      wanted =>
        !own.some(
          ({ key, operator, effect, value }) =>
            key === wanted.key &&
            operator === wanted.operator &&
            effect === wanted.effect &&
            !value,
        ),
    ),
  ];
}

/** Number of the template, from the DaemonSet's annotation. */
function templateGeneration({ metadata }: DaemonSet): string | undefined {
  return metadata.annotations?.[GENERATION_ANNOTATION];
}

/** Labels of pods that are made from the template as it is now. */
export function daemonPodLabels(
  daemonSet: DaemonSet,
  hash: string,
): Record<string, string> {
  const generation = templateGeneration(daemonSet);
  return {
    ...daemonSet.spec.template.metadata?.labels,
    ...(generation !== undefined && { [GENERATION_LABEL]: generation }),
    [REVISION_HASH_LABEL]: hash,
  };
}

/** Whether a pod is made from the template as it is now. */
export function isUpdated(
  daemonSet: DaemonSet,
  pod: Pod,
  hash: string,
): boolean {
  const { labels = {} } = pod.metadata;
  const generation = templateGeneration(daemonSet);
  return (
    labels[REVISION_HASH_LABEL] === hash ||
    (generation !== undefined && labels[GENERATION_LABEL] === generation)
  );
}

function affinityTo(
  node: string,
  affinity: PodSpec['affinity'],
): PodSpec['affinity'] {
  const term: NodeSelectorTerm = {
    matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }],
  };
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [term],
      },
    },
  };
}

/** A pod for one node. It is the scheduler that binds it there. */
export function newDaemonPod(options: {
  daemonSet: DaemonSet;
  node: string;
  hash: string;
}): Pod {
  const { daemonSet, node, hash } = options;
  const { metadata, spec }: PodTemplate = daemonSet.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${daemonSet.metadata.name}-`,
      namespace: daemonSet.metadata.namespace,
      labels: daemonPodLabels(daemonSet, hash),
      annotations: metadata?.annotations,
      finalizers: metadata?.finalizers,
      ownerReferences: [controllerReference(daemonSet, resources.daemonSets)],
    },
    spec: {
      ...spec,
      affinity: affinityTo(node, spec.affinity),
      tolerations: daemonTolerations(spec),
    },
  };
}

/** The node that a daemon's pod is on, or is meant for. */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec.nodeName) {
    return pod.spec.nodeName;
  }
  const field = requiredTerms(pod.spec)
    ?.flatMap(({ matchFields = [] }) => matchFields)
    .find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
  return field?.values?.length === 1 ? field.values[0] : undefined;
}
