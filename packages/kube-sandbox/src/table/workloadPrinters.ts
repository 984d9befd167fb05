import { Fields, KubeObject } from '../objects/KubeObject';
import { selectorText } from '../selectors/labelSelector';
import { age, humanDuration } from './duration';
import { Printer } from './Printer';

function containers(spec: Fields | undefined): [string, string] {
  const list: Fields[] = spec?.containers ?? [];
  return [
    list.map(({ name }) => name).join(','),
    list.map(({ image }) => image).join(','),
  ];
}

const templateOf = ({ spec }: KubeObject) => spec?.template?.spec;
const selectorOf = ({ spec }: KubeObject) =>
  spec?.selector ? selectorText(spec.selector) : '<none>';

export const deploymentPrinter: Printer = (object, now) => [
  object.metadata.name,
  `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
  object.status?.updatedReplicas ?? 0,
  object.status?.availableReplicas ?? 0,
  age(object.metadata.creationTimestamp, now),
  ...containers(templateOf(object)),
  selectorOf(object),
];

export const replicaSetPrinter: Printer = (object, now) => [
  object.metadata.name,
  object.spec?.replicas ?? 0,
  object.status?.replicas ?? 0,
  object.status?.readyReplicas ?? 0,
  age(object.metadata.creationTimestamp, now),
  ...containers(templateOf(object)),
  selectorOf(object),
];

export const statefulSetPrinter: Printer = (object, now) => [
  object.metadata.name,
  `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
  age(object.metadata.creationTimestamp, now),
  ...containers(templateOf(object)),
];

export const daemonSetPrinter: Printer = (object, now) => [
  object.metadata.name,
  object.status?.desiredNumberScheduled ?? 0,
  object.status?.currentNumberScheduled ?? 0,
  object.status?.numberReady ?? 0,
  object.status?.updatedNumberScheduled ?? 0,
  object.status?.numberAvailable ?? 0,
  selectorText({ matchLabels: templateOf(object)?.nodeSelector }) || '<none>',
  age(object.metadata.creationTimestamp, now),
  ...containers(templateOf(object)),
  selectorOf(object),
];

const JOB_CONDITIONS = ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'];

function jobStatus({ status, metadata }: KubeObject): string {
  const has = (type: string) =>
    (status?.conditions ?? []).some(
      (condition: Fields) =>
        condition.type === type && condition.status === 'True',
    );
  const ended = ['Complete', 'Failed'].find(has);
  if (ended || !metadata.deletionTimestamp) {
    return ended ?? JOB_CONDITIONS.find(has) ?? 'Running';
  }
  return 'Terminating';
}

function jobDuration({ status }: KubeObject, now: number): string {
  if (!status?.startTime) {
    return '';
  }
  const end = status.completionTime ? Date.parse(status.completionTime) : now;
  return humanDuration((end - Date.parse(status.startTime)) / 1000);
}

export const jobPrinter: Printer = (object, now) => {
  const { completions, parallelism } = object.spec ?? {};
  const wanted = completions ?? (parallelism > 1 ? `1 of ${parallelism}` : 1);
  return [
    object.metadata.name,
    jobStatus(object),
    `${object.status?.succeeded ?? 0}/${wanted}`,
    jobDuration(object, now),
    age(object.metadata.creationTimestamp, now),
    ...containers(templateOf(object)),
    selectorOf(object),
  ];
};

export const cronJobPrinter: Printer = (object, now) => {
  const { spec, status } = object;
  return [
    object.metadata.name,
    spec?.schedule ?? '',
    spec?.timeZone ?? '<none>',
    spec?.suspend ? 'True' : 'False',
    status?.active?.length ?? 0,
    status?.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>',
    age(object.metadata.creationTimestamp, now),
    ...containers(spec?.jobTemplate?.spec?.template?.spec),
    spec?.jobTemplate?.spec?.selector
      ? selectorText(spec.jobTemplate.spec.selector)
      : '<none>',
  ];
};
