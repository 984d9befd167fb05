import { KubeObject, ObjectMeta, Resource } from '../../client';

interface CronJob extends KubeObject {
  spec: {
    jobTemplate: { metadata?: ObjectMeta; spec: Record<string, unknown> };
  };
}

interface Job extends KubeObject {
  spec: Record<string, unknown>;
}

export const cronJobs: Resource<CronJob> = {
  group: 'batch',
  version: 'v1',
  plural: 'cronjobs',
  kind: 'CronJob',
  namespaced: true,
};

export const jobs: Resource<Job> = {
  group: 'batch',
  version: 'v1',
  plural: 'jobs',
  kind: 'Job',
  namespaced: true,
};

/** It stays to be looked at, and does not pile up. */
const KEPT_SECONDS = 900;

/** The Job that `kubectl create job --from=cronjob/…` makes; `number` tells it from others. */
export function jobFrom({ metadata, spec }: CronJob, number: number): Job {
  const { name = '', namespace, uid = '' } = metadata;
  const { metadata: template = {}, spec: jobSpec } = spec.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name.slice(0, 40)}-manual-${number.toString(36)}`,
      namespace,
      labels: template.labels,
      annotations: {
        ...template.annotations,
        'cronjob.kubernetes.io/instantiate': 'manual',
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name,
          uid,
          controller: true,
        },
      ],
    },
    spec: { ...jobSpec, ttlSecondsAfterFinished: KEPT_SECONDS },
  };
}
