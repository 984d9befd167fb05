import { WorkloadObject } from '../objects/WorkloadObject';
import { versionHistoryOf } from './versionHistoryOf';

const template = (image: string, labels: Record<string, string> = {}) => ({
  labels,
  annotations: {},
  containers: [
    { name: 'proxy', image: 'proxy:9', role: 'sidecar' as const },
    { name: 'main', image, role: 'main' as const },
  ],
  claims: [],
  configs: [],
});

const meta = (createdAt: number) => ({
  uid: `uid-${createdAt}`,
  name: `name-${createdAt}`,
  namespace: 'shop',
  resourceVersion: '1',
  createdAt,
  labels: {},
  annotations: {},
});

const deployment = { kind: 'Deployment' } as WorkloadObject;

const replicaSet = (
  revision: number,
  createdAt: number,
  image: string,
  labels?: Record<string, string>,
) =>
  ({
    kind: 'ReplicaSet',
    meta: meta(createdAt),
    revision,
    template: template(image, labels),
  } as any);

describe('versionHistoryOf', () => {
  it('goes by revision, which a rollback moves on, and not by age', () => {
    expect(
      versionHistoryOf({
        workload: deployment,
        replicaSets: [
          replicaSet(2, 20, 'cart:1.1.0'),
          replicaSet(4, 10, 'cart:1.0.0'),
          replicaSet(3, 30, 'cart:1.2.0'),
        ],
      }).map(({ version }) => version),
    ).toEqual(['1.0.0', '1.2.0', '1.1.0']);
  });

  it('takes a restart and a change of configuration for the same version', () => {
    expect(
      versionHistoryOf({
        workload: deployment,
        replicaSets: [
          replicaSet(3, 30, 'cart:1.0.0'),
          replicaSet(2, 20, 'cart:1.0.0'),
          replicaSet(1, 10, 'cart:0.9.0'),
        ],
      }),
    ).toEqual([
      { version: '1.0.0', since: 20 },
      { version: '0.9.0', since: 10 },
    ]);
  });

  it('reads the label where the tag is no version', () => {
    expect(
      versionHistoryOf({
        workload: deployment,
        replicaSets: [
          replicaSet(1, 10, 'cart:latest', {
            'app.kubernetes.io/version': '2.0.0',
          }),
        ],
      }),
    ).toEqual([{ version: '2.0.0', since: 10 }]);
  });

  it('reads the revisions of a StatefulSet, without those that tell nothing', () => {
    const revision = (number: number, image?: string) => ({
      kind: 'ControllerRevision' as const,
      meta: meta(number),
      revision: number,
      ...(image && { template: template(image) }),
    });
    expect(
      versionHistoryOf({
        workload: { kind: 'StatefulSet' } as WorkloadObject,
        revisions: [
          revision(1, 'db:15.1'),
          revision(3, 'db:16.0'),
          revision(2),
        ],
      }).map(({ version }) => version),
    ).toEqual(['16.0', '15.1']);
  });

  it('is empty where nothing is left to tell', () => {
    expect(versionHistoryOf({ workload: deployment })).toEqual([]);
    expect(
      versionHistoryOf({ workload: { kind: 'CronJob' } as WorkloadObject }),
    ).toEqual([]);
  });
});
