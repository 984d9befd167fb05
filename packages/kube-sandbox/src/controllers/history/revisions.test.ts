import { ControllerRevision, resources } from '../../client';
import { revisionData } from './revisionData';
import { byRevision, newRevision, revisionHash } from './revisions';

// As a real API server stores it, with the name that the real controller gave its revision.
const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'main',
        image: 'shop/cart:1.0.0',
        args: ['a<b&&c>d'],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 1,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  },
};

describe('revisionHash', () => {
  it('is the hash of the real controllers', () => {
    expect(revisionHash(revisionData(template), 0)).toBe('64d5dcbff5');
    expect(revisionHash(revisionData(template), 1)).not.toBe('64d5dcbff5');
  });
});

describe('newRevision', () => {
  it('is named, labelled and owned', () => {
    const revision = newRevision({
      owner: {
        metadata: { namespace: 'shop', name: 'web', uid: 'u' },
        spec: { selector: {}, template },
      },
      ownerResource: resources.statefulSets,
      revision: 3,
      collisionCount: 0,
    });
    expect(revision).toMatchObject({
      metadata: {
        name: 'web-64d5dcbff5',
        namespace: 'shop',
        labels: { app: 'web', 'controller.kubernetes.io/hash': '64d5dcbff5' },
        ownerReferences: [{ kind: 'StatefulSet', uid: 'u', controller: true }],
      },
      revision: 3,
    });
  });
});

describe('byRevision', () => {
  it('sorts by number, then age, then name', () => {
    const revision = (
      number: number,
      name: string,
      creationTimestamp: string,
    ): ControllerRevision => ({
      metadata: { name, creationTimestamp },
      revision: number,
    });
    const sorted = [
      revision(2, 'b', '2026-01-01T00:00:00Z'),
      revision(2, 'a', '2026-01-01T00:00:00Z'),
      revision(2, 'c', '2025-01-01T00:00:00Z'),
      revision(1, 'd', '2026-01-02T00:00:00Z'),
    ].sort(byRevision);
    expect(sorted.map(({ metadata }) => metadata.name)).toEqual([
      'd',
      'c',
      'a',
      'b',
    ]);
  });
});
