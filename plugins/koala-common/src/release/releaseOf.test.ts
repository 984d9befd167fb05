import { at } from '../__fixtures__/clock';
import {
  RawDeploymentOptions,
  rawDeployment,
  rawReplicaSet,
} from '../__fixtures__/rawDeployment';
import {
  DIGEST,
  RawPodOptions,
  rawPod,
  SERVING,
  waiting,
} from '../__fixtures__/rawPod';
import { projectObject } from '../projection/projectObject';
import { releaseOf } from './releaseOf';
import { versionOfPod } from './versionOf';

const VERSION = 'app.kubernetes.io/version';
const OTHER = DIGEST.replace('9e1', '777');

function release(
  deployment: RawDeploymentOptions,
  replicaSets: unknown[] = [],
  pods: unknown[] = [],
) {
  return releaseOf({
    workload: projectObject('Deployment', rawDeployment(deployment)),
    replicaSets: replicaSets.map(raw => projectObject('ReplicaSet', raw)),
    pods: pods.map(raw => projectObject('Pod', raw)),
  });
}

function podWith(image: string, digest?: string, options: RawPodOptions = {}) {
  const imageID = digest && `${image.split(':')[0]}@${digest}`;
  return rawPod({ ...options, containers: [{ ...SERVING, image, imageID }] });
}

describe('releaseOf: version', () => {
  it.each([
    ['a tag', { image: 'r.io/cart:1.4.2' }, '1.4.2', 'tag'],
    [
      'a tag of a branch and a commit',
      { image: 'cart:main-3f2c1ab' },
      'main-3f2c1ab',
      'tag',
    ],
    [
      'a tag goes before a label',
      { image: 'cart:1.4.2', templateLabels: { [VERSION]: '1.4.1' } },
      '1.4.2',
      'tag',
    ],
    [
      'the label of the template, where the tag moves',
      {
        image: 'cart:latest',
        templateLabels: { [VERSION]: '1.4.1' },
        labels: { [VERSION]: '1.0.0' },
      },
      '1.4.1',
      'label',
    ],
    [
      'the label of the workload, where the template has none',
      { image: 'cart:main', labels: { [VERSION]: '1.0.0' } },
      '1.0.0',
      'label',
    ],
    [
      'no label either: the digest of the image',
      { image: `cart@${DIGEST}` },
      'sha256:9e1f0c2…',
      'digest',
    ],
    [
      'a label that is no version does not count',
      { image: `cart@${DIGEST}`, labels: { [VERSION]: 'latest' } },
      'sha256:9e1f0c2…',
      'digest',
    ],
    ['nothing but a moving tag', { image: 'cart:stable' }, 'stable', 'tag'],
    ['no tag at all', { image: 'cart' }, 'latest', 'tag'],
    [
      'a tag beside a digest',
      { image: `cart:1.4.2@${DIGEST}` },
      '1.4.2',
      'tag',
    ],
  ])('%s', (_, deployment: RawDeploymentOptions, version, source) => {
    expect(release(deployment)).toMatchObject({ version, source });
  });

  it('reads the digest of a moving tag from a pod of the newest revision', () => {
    const image = 'r.io/cart:latest';
    expect(
      release({ image }, [rawReplicaSet({ image })], [podWith(image, DIGEST)]),
    ).toMatchObject({
      version: 'sha256:9e1f0c2…',
      source: 'digest',
      digest: DIGEST,
      image,
    });
  });

  it('is the version of the main container, wherever it stands', () => {
    expect(
      release({
        spec: {
          template: {
            metadata: {
              annotations: {
                'kubectl.kubernetes.io/default-container': 'app',
              },
            },
            spec: {
              containers: [
                { name: 'proxy', image: 'envoy:v1.30' },
                { name: 'app', image: 'cart:1.4.2' },
              ],
            },
          },
        },
      }).version,
    ).toBe('1.4.2');
  });

  it('survives a template without containers', () => {
    expect(release({ spec: { template: null } })).toMatchObject({
      version: 'latest',
      image: '',
    });
  });
});

describe('releaseOf: what the label says', () => {
  it.each([
    ['1.4.2', '1.4.1', '1.4.1'],
    ['1.4.2', '1.4.2', undefined],
    ['v1.4.2', '1.4.2', undefined],
    ['1.4.2', 'v1.4.2', undefined],
    ['1.4.2-alpine3.18', '1.4.2', undefined],
    ['1.5.0-rc.1', '1.5.0', '1.5.0'],
    ['1.4.2_build.7', '1.4.2_build.7', undefined],
    ['1.4.2', '', undefined],
    ['latest', '1.4.2', undefined],
  ])('tag %s, label %j: %s', (tag, label, said) => {
    expect(
      release({ image: `cart:${tag}`, labels: { [VERSION]: label } }).labelSays,
    ).toBe(said);
  });
});

describe('releaseOf: revision and rollout', () => {
  const NEW = 'r.io/cart:2.0.0';
  const OLD = 'r.io/cart:1.9.0';
  const newSet = rawReplicaSet({ image: NEW, createdAt: 0, replicas: 1 });
  const oldSet = rawReplicaSet({
    image: OLD,
    revision: 6,
    createdAt: -9000,
    replicas: 2,
  });

  it('is deployed since its ReplicaSet was created', () => {
    expect(release({ image: NEW }, [oldSet, newSet])).toMatchObject({
      revision: 7,
      deployedAt: at(0),
    });
  });

  it('names the version that is being replaced', () => {
    expect(release({ image: NEW }, [newSet, oldSet]).previous).toBe('1.9.0');
  });

  it('names none once the old revisions have no pods', () => {
    const gone = rawReplicaSet({ image: OLD, revision: 6, replicas: 0 });
    expect(release({ image: NEW }, [newSet, gone]).previous).toBeUndefined();
  });

  it('names one while a pod of it is left, whatever the ReplicaSet says', () => {
    const gone = rawReplicaSet({ image: OLD, revision: 6, replicas: 0 });
    const pod = podWith(OLD, DIGEST, { hash: 'hash6' });
    expect(release({ image: NEW }, [newSet, gone], [pod]).previous).toBe(
      '1.9.0',
    );
  });

  it('names none for a pod that is on its way out', () => {
    const gone = rawReplicaSet({ image: OLD, revision: 6, replicas: 0 });
    const pod = podWith(OLD, DIGEST, {
      hash: 'hash6',
      metadata: { deletionTimestamp: '2026-01-15T10:00:00Z' },
    });
    expect(
      release({ image: NEW }, [newSet, gone], [pod]).previous,
    ).toBeUndefined();
  });

  it('names none where only the configuration differs', () => {
    const same = rawReplicaSet({ image: NEW, revision: 6, replicas: 2 });
    expect(release({ image: NEW }, [newSet, same]).previous).toBeUndefined();
  });

  it('names the newest of several that are being replaced', () => {
    const older = rawReplicaSet({
      image: 'r.io/cart:1.8.0',
      revision: 5,
      replicas: 1,
    });
    expect(release({ image: NEW }, [older, oldSet, newSet]).previous).toBe(
      '1.9.0',
    );
  });

  it('names the new version at once, before the controller has seen it', () => {
    expect(
      release({ image: NEW, revision: 6, status: { observedGeneration: 11 } }, [
        oldSet,
      ]),
    ).toMatchObject({
      version: '2.0.0',
      previous: '1.9.0',
      deployedAt: undefined,
    });
  });

  it('tells two digests of one moving tag apart', () => {
    const image = 'r.io/cart:latest';
    expect(
      release(
        { image },
        [
          rawReplicaSet({ image, replicas: 1 }),
          rawReplicaSet({ image, revision: 6, replicas: 1 }),
        ],
        [
          podWith(image, DIGEST),
          podWith(image, OTHER, { name: 'old', hash: 'hash6' }),
        ],
      ),
    ).toMatchObject({
      version: 'sha256:9e1f0c2…',
      previous: 'sha256:777f0c2…',
    });
  });

  it('leaves out ReplicaSets of another Deployment', () => {
    const foreign = rawReplicaSet({
      image: 'r.io/pay:9.9.9',
      revision: 7,
      hash: 'x',
      createdAt: 500,
      owner: 'pay',
    });
    expect(release({ image: NEW }, [foreign, newSet])).toMatchObject({
      deployedAt: at(0),
    });
  });
});

describe('versionOfPod', () => {
  it.each([
    ['a tag', podWith('cart:1.4.2'), '1.4.2'],
    [
      'its label',
      podWith('cart:latest', DIGEST, { labels: { [VERSION]: '1.4.1' } }),
      '1.4.1',
    ],
    ['its digest', podWith('cart:latest', DIGEST), 'sha256:9e1f0c2…'],
    [
      'a moving tag, before anything is pulled',
      rawPod({ containers: [{ image: 'cart:latest', state: waiting('x') }] }),
      'latest',
    ],
    ['no containers', rawPod({ spec: { containers: null } }), 'latest'],
  ])('%s', (_, raw, version) => {
    expect(versionOfPod(projectObject('Pod', raw))).toBe(version);
  });
});
