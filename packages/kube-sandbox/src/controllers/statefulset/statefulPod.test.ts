import { PersistentVolumeClaim, StatefulSet } from '../../client';
import { claimsFor, hasClaims } from './claims';
import { hasIdentity, isMember, isWanted, ordinalOf } from './identity';
import { missingPod, newStatefulPod, podRevision } from './statefulPod';

const claim: PersistentVolumeClaim = {
  metadata: { name: 'data', labels: { tier: 'db' } },
  spec: { accessModes: ['ReadWriteOnce'] },
};

function set(spec: Partial<StatefulSet['spec']> = {}): StatefulSet {
  return {
    metadata: { namespace: 'shop', name: 'web', uid: 'u' },
    spec: {
      replicas: 3,
      serviceName: 'web',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [], volumes: [{ name: 'data' }, { name: 'tmp' }] },
      },
      volumeClaimTemplates: [claim],
      ...spec,
    },
  };
}

const podNamed = (name: string) => ({
  metadata: { name },
  spec: { containers: [] },
});

describe('the identity of a pod', () => {
  it.each([
    ['web-0', 0, true],
    ['web-12', 12, true],
    ['web', -1, false],
    ['web-x', -1, false],
    ['other-1', 1, false],
    ['web-99999999999', -1, true],
  ])('is read from %s', (name, ordinal, member) => {
    expect(ordinalOf(podNamed(name))).toBe(ordinal);
    expect(isMember(set(), podNamed(name))).toBe(member);
  });

  it('is wanted from the start on', () => {
    const shifted = set({ replicas: 2, ordinals: { start: 5 } });
    expect([4, 5, 6, 7].filter(it => isWanted(shifted, it))).toEqual([5, 6]);
  });
});

describe('newStatefulPod', () => {
  const pod = newStatefulPod({ set: set(), revision: 'web-1' }, 1);

  it('has identity, claims and revision', () => {
    expect(pod.metadata.labels).toEqual({
      app: 'web',
      'apps.kubernetes.io/pod-index': '1',
      'controller-revision-hash': 'web-1',
      'statefulset.kubernetes.io/pod-name': 'web-1',
    });
    expect(pod.spec.hostname).toBe('web-1');
    expect(pod.spec.subdomain).toBe('web');
    expect(pod.spec.volumes).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data-web-1' } },
      { name: 'tmp' },
    ]);
    expect(hasIdentity(set(), pod)).toBe(true);
    expect(hasClaims(set(), pod)).toBe(true);
  });

  it('has claims with the labels of template and selector', () => {
    expect(claimsFor(set(), 1)).toEqual([
      {
        metadata: {
          name: 'data-web-1',
          namespace: 'shop',
          labels: { tier: 'db', app: 'web' },
        },
        spec: claim.spec,
      },
    ]);
  });

  it('loses its claims with another volume', () => {
    const other = { ...pod, spec: { ...pod.spec, volumes: [] } };
    expect(hasClaims(set(), other)).toBe(false);
  });
});

describe('missingPod', () => {
  const revisionOf = (ordinal: number, rollingUpdate?: object) => {
    const revised = set({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate },
    });
    revised.status = {
      replicas: 3,
      availableReplicas: 3,
      currentReplicas: 1,
    };
    const of = (revision: string) => ({ set: revised, revision });
    return podRevision(
      missingPod({ current: of('old'), update: of('new'), ordinal }),
    );
  };

  it('is of the old revision below the partition', () => {
    expect([0, 1, 2].map(it => revisionOf(it, { partition: 2 }))).toEqual([
      'old',
      'old',
      'new',
    ]);
    expect(revisionOf(0, {})).toBe('new');
  });

  it('is of the old revision among those not updated yet, without a partition', () => {
    expect([0, 1].map(it => revisionOf(it))).toEqual(['old', 'new']);
  });
});
