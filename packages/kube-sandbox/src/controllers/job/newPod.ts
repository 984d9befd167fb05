import { Container, Job, Pod, resources } from '../../client';
import { controllerReference } from '../ownership';
import { failureVerdict } from './podFailurePolicy';
import {
  COMPLETION_INDEX,
  INDEX_FAILURES,
  INDEX_IGNORED_FAILURES,
  TRACKING_FINALIZER,
  indexFailures,
} from './jobPods';

const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
/** Generated names get a suffix of five and must fit a label. */
const MAX_GENERATED = 58;

function withIndexVariable(container: Container): Container {
  const env = container.env ?? [];
  return env.some(({ name }) => name === INDEX_VARIABLE)
    ? container
    : {
        ...container,
        env: [
          ...env,
          {
            name: INDEX_VARIABLE,
            valueFrom: {
              fieldRef: { fieldPath: `metadata.labels['${COMPLETION_INDEX}']` },
            },
          },
        ],
      };
}

function generateNameOf(jobName: string, index: number | undefined): string {
  if (index === undefined) {
    return `${jobName}-`;
  }
  const suffix = `-${index}-`;
  return `${jobName.slice(0, MAX_GENERATED - suffix.length)}${suffix}`;
}

/** The new pod takes over the failures of the one that it replaces. */
function failureAnnotations(
  job: Job,
  replaced: Pod | undefined,
): Record<string, string> {
  const counted = replaced ? indexFailures(replaced) : 0;
  const ignored = replaced
    ? indexFailures(replaced, { all: true }) - counted
    : 0;
  const counts = replaced && failureVerdict(job, replaced).counts;
  const allIgnored = ignored + (replaced && !counts ? 1 : 0);
  return {
    [INDEX_FAILURES]: String(counted + (counts ? 1 : 0)),
    ...(allIgnored > 0 && { [INDEX_IGNORED_FAILURES]: String(allIgnored) }),
  };
}

/** A pod of the Job; of an Indexed one, the pod for this index. */
export function newPod(
  job: Job,
  index?: number,
  options: { replaced?: Pod } = {},
): Pod {
  const { metadata = {}, spec } = job.spec.template;
  const { name = '', namespace } = job.metadata;
  const { labels, annotations, finalizers = [] } = metadata;
  const isIndexed = index !== undefined;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: generateNameOf(name, index),
      namespace,
      labels: isIndexed
        ? { ...labels, [COMPLETION_INDEX]: String(index) }
        : labels,
      annotations: isIndexed
        ? {
            ...annotations,
            [COMPLETION_INDEX]: String(index),
            ...(job.spec.backoffLimitPerIndex !== undefined &&
              failureAnnotations(job, options.replaced)),
          }
        : annotations,
      finalizers: finalizers.includes(TRACKING_FINALIZER)
        ? finalizers
        : [...finalizers, TRACKING_FINALIZER],
      ownerReferences: [controllerReference(job, resources.jobs)],
    },
    spec: isIndexed
      ? {
          ...spec,
          hostname: `${name}-${index}`,
          ...(spec.initContainers && {
            initContainers: spec.initContainers.map(withIndexVariable),
          }),
          containers: spec.containers.map(withIndexVariable),
        }
      : spec,
  };
}
