import { at, iso } from '../__fixtures__/clock';
import { DIGEST, IMAGE, rawPod } from '../__fixtures__/rawPod';
import {
  controlledBy,
  rawCronJob,
  rawDaemonSet,
  rawJob,
  rawOwnedPod,
  rawRevision,
  rawStatefulSet,
} from '../__fixtures__/rawWorkloads';
import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { PodObject } from '../objects/PodObject';
import { projectObject } from '../projection/projectObject';
import { newestControllerRevision } from './newestControllerRevision';
import { releaseOf } from './releaseOf';

const OLD = 'registry.example.com/shop/checkout:1.4.8';

function revisions(kind: 'StatefulSet' | 'DaemonSet', ...raw: unknown[]) {
  return raw.map(
    (part: any): ControllerRevisionObject =>
      projectObject('ControllerRevision', rawRevision({ kind, ...part })),
  );
}

function pod(
  kind: 'StatefulSet' | 'DaemonSet',
  ordinal: number,
  revision: string,
  image = IMAGE,
): PodObject {
  return projectObject(
    'Pod',
    rawOwnedPod({
      kind,
      ordinal,
      revision,
      containers: [
        { image, ready: true, imageID: `${image.split(':')[0]}@${DIGEST}` },
      ],
      ready: true,
    }),
  );
}

describe('releaseOf a StatefulSet', () => {
  const statefulSet = (
    status: Record<string, unknown> = {},
    metadata: Record<string, unknown> = {},
  ) => projectObject('StatefulSet', rawStatefulSet({ status, metadata }));
  const history = revisions(
    'StatefulSet',
    { hash: 'a', revision: 1, createdAt: -9000, image: OLD },
    { hash: 'b', revision: 2, createdAt: -60 },
  );

  it('has the revision that its status names, since when it is the newest', () => {
    expect(
      releaseOf({
        workload: statefulSet(),
        revisions: history,
        pods: [0, 1, 2].map(ordinal => pod('StatefulSet', ordinal, 'b')),
      }),
    ).toEqual({
      version: '1.4.9',
      source: 'tag',
      image: IMAGE,
      digest: DIGEST,
      revision: 2,
      deployedAt: at(-60),
      previous: undefined,
      labelSays: undefined,
    });
  });

  it('shows both versions while it rolls out', () => {
    expect(
      releaseOf({
        workload: statefulSet({ currentRevision: 'ledger-a' }),
        revisions: history,
        pods: [pod('StatefulSet', 0, 'a', OLD), pod('StatefulSet', 2, 'b')],
      }),
    ).toMatchObject({ version: '1.4.9', previous: '1.4.8' });
  });

  it('counts a rollback from when it was done, not from when the revision was made', () => {
    const [a, b] = history;
    const [back] = revisions('StatefulSet', {
      hash: 'a',
      revision: 3,
      createdAt: -9000,
      revisedAt: -5,
      image: OLD,
    });
    expect(
      releaseOf({
        workload: statefulSet({ updateRevision: 'ledger-a' }),
        revisions: [b, back],
        pods: [],
      }),
    ).toMatchObject({ revision: 3, deployedAt: at(-5) });
    expect(a.revision).toBe(1);
  });

  it('has no revision before the controller has seen the new template', () => {
    const workload = statefulSet(
      { updateRevision: 'ledger-a' },
      { generation: 3 },
    );
    expect(
      newestControllerRevision({ workload, revisions: history.slice(0, 1) }),
    ).toBeUndefined();
    expect(
      releaseOf({ workload, revisions: history.slice(0, 1), pods: [] }),
    ).toMatchObject({ version: '1.4.9', revision: undefined });
  });

  it('does without revisions where they cannot be read', () => {
    expect(
      releaseOf({
        workload: statefulSet(),
        pods: [pod('StatefulSet', 0, 'a', OLD), pod('StatefulSet', 1, 'b')],
      }),
    ).toMatchObject({
      version: '1.4.9',
      previous: '1.4.8',
      digest: DIGEST,
      revision: undefined,
      deployedAt: undefined,
    });
  });

  it('leaves out revisions of another workload of that name', () => {
    const foreign = revisions('DaemonSet', { hash: 'z', revision: 9 });
    expect(
      releaseOf({
        workload: statefulSet({ updateRevision: undefined }),
        revisions: [...foreign, ...history],
        pods: [],
      }),
    ).toMatchObject({ revision: 2 });
  });
});

describe('releaseOf a DaemonSet', () => {
  const workload = projectObject('DaemonSet', rawDaemonSet());
  const history = revisions(
    'DaemonSet',
    { hash: 'a', revision: 1, image: OLD },
    { hash: 'b', revision: 2, createdAt: -60 },
  );

  it('has the highest revision, and what is left of the one before', () => {
    expect(
      releaseOf({
        workload,
        revisions: history,
        pods: [pod('DaemonSet', 0, 'a', OLD), pod('DaemonSet', 1, 'b')],
      }),
    ).toMatchObject({
      version: '1.4.9',
      previous: '1.4.8',
      revision: 2,
      deployedAt: at(-60),
    });
  });

  it('does not say the same version twice', () => {
    expect(
      releaseOf({
        workload,
        revisions: history,
        pods: [pod('DaemonSet', 0, 'a'), pod('DaemonSet', 1, 'b')],
      }).previous,
    ).toBeUndefined();
  });
});

describe('releaseOf Jobs', () => {
  it('has the image of a Job since it was created', () => {
    expect(
      releaseOf({
        workload: projectObject('Job', rawJob({ createdAt: -30 })),
        pods: [],
      }),
    ).toMatchObject({ version: '1.4.9', deployedAt: at(-30) });
  });

  it('has the image of the template of a CronJob, with the digest of a run', () => {
    const run = rawPod({
      metadata: { ownerReferences: controlledBy('Job') },
    });
    const cronJob = (generation: number) =>
      projectObject(
        'CronJob',
        rawCronJob({
          metadata: { generation, creationTimestamp: iso(-100) },
        }),
      );
    const pods = [projectObject('Pod', run)];
    expect(releaseOf({ workload: cronJob(1), pods })).toMatchObject({
      version: '1.4.9',
      digest: DIGEST,
      deployedAt: at(-100),
    });
    // It was changed since, and nothing tells when.
    expect(
      releaseOf({ workload: cronJob(2), pods }).deployedAt,
    ).toBeUndefined();
  });
});
