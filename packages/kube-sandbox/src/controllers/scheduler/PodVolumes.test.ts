import {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
} from '../../client';
import { PodVolumes } from './PodVolumes';

const pod: Pod = {
  metadata: { namespace: 'shop', name: 'web', uid: 'p' },
  spec: {
    containers: [],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  },
};

const node: Node = { metadata: { name: 'n', labels: {} } };

const BOUND = { 'pv.kubernetes.io/bind-completed': 'yes' };

function claim(
  spec: Partial<PersistentVolumeClaim['spec']> = {},
  metadata: PersistentVolumeClaim['metadata'] = {},
): PersistentVolumeClaim {
  return {
    metadata: { namespace: 'shop', name: 'data', uid: 'c', ...metadata },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'lazy',
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  };
}

const volume = (name: string): PersistentVolume => ({
  metadata: { name },
  spec: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '1Gi' },
    storageClassName: 'lazy',
  },
  status: { phase: 'Available' },
});

const classes: Record<string, StorageClass> = {
  lazy: {
    metadata: {},
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  made: {
    metadata: {},
    provisioner: 'example.com/p',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
};

const volumesOf = (options: {
  claim?: PersistentVolumeClaim;
  volumes?: PersistentVolume[];
  others?: Pod[];
}) =>
  PodVolumes.of(pod, {
    claim: () => options.claim,
    volumes: () => options.volumes ?? [],
    storageClass: name => classes[name],
    pods: () => [pod, ...(options.others ?? [])],
  });

describe('PodVolumes', () => {
  it.each<[string | undefined, PersistentVolumeClaim | undefined]>([
    ['persistentvolumeclaim "data" not found', undefined],
    [
      'pod has unbound immediate PersistentVolumeClaims',
      claim({ storageClassName: 'fast' }),
    ],
    [undefined, claim()],
    [
      'persistentvolumeclaim "data" is being deleted',
      claim({}, { deletionTimestamp: 'now' }),
    ],
    [undefined, claim({ volumeName: 'v' }, { annotations: BOUND })],
  ])('has the problem %s', (problem, subject) => {
    expect(volumesOf({ claim: subject }).problem).toBe(problem);
  });

  it('reserves a free volume, or has one made on the node', () => {
    const free = volume('v');
    expect(
      volumesOf({ claim: claim(), volumes: [free] }).planFor(node)?.reserve,
    ).toHaveLength(1);
    expect(volumesOf({ claim: claim() }).obstacleOn(node)).toBe(
      "node(s) didn't find available persistent volumes to bind",
    );
    const made = claim({ storageClassName: 'made' });
    expect(volumesOf({ claim: made }).planFor(node)?.provision).toEqual([made]);
  });

  it('stays with the node that was selected before', () => {
    const selected = claim(
      { storageClassName: 'made' },
      { annotations: { 'volume.kubernetes.io/selected-node': 'other' } },
    );
    expect(volumesOf({ claim: selected }).planFor(node)).toBeUndefined();
  });

  it('misses a volume that is gone', () => {
    const bound = claim({ volumeName: 'v' }, { annotations: BOUND });
    expect(volumesOf({ claim: bound }).obstacleOn(node)).toMatch(
      /non-existent pv/,
    );
    expect(
      volumesOf({ claim: bound, volumes: [volume('v')] }).obstacleOn(node),
    ).toBeUndefined();
  });

  it('shares no claim that is for one pod', () => {
    const exclusive = claim({ accessModes: ['ReadWriteOncePod'] });
    const other = (phase: string): Pod => ({
      ...pod,
      metadata: { namespace: 'shop', name: 'other', uid: 'o' },
      spec: { ...pod.spec, nodeName: 'n' },
      status: { phase },
    });
    const inUse = (phase: string) =>
      volumesOf({ claim: exclusive, others: [other(phase)] }).inUse;
    expect(inUse('Running')).toMatch(/ReadWriteOncePod/);
    expect(inUse('Succeeded')).toBeUndefined();
    expect(
      volumesOf({ claim: claim(), others: [other('Running')] }).inUse,
    ).toBeUndefined();
  });
});
