import {
  ClaimRetention,
  OwnerReference,
  PersistentVolumeClaim,
  StatefulSet,
} from '../../client';
import {
  hasOtherController,
  hasWantedOwners,
  isStaleClaim,
  wantedOwnerReferences,
} from './claimRetention';

const set = (
  whenDeleted: ClaimRetention,
  whenScaled: ClaimRetention,
): StatefulSet => ({
  metadata: { name: 'web', uid: 'set' },
  spec: {
    replicas: 1,
    selector: {},
    template: { spec: { containers: [] } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
  },
});

const pod = (ordinal: number) => ({
  metadata: { name: `web-${ordinal}`, uid: `pod-${ordinal}` },
  spec: { containers: [] },
});

const claim = (
  ...ownerReferences: OwnerReference[]
): PersistentVolumeClaim => ({
  metadata: { name: 'data-web-0', ownerReferences },
  spec: {},
});

const reference = (
  kind: 'StatefulSet' | 'Pod' | 'Other',
  name: string,
  uid: string,
): OwnerReference => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  name,
  uid,
  controller: true,
});

describe('the owners of a claim', () => {
  it.each<[ClaimRetention, ClaimRetention, number, string[]]>([
    ['Retain', 'Retain', 0, []],
    ['Retain', 'Retain', 1, []],
    ['Delete', 'Retain', 0, ['set']],
    ['Delete', 'Retain', 1, ['set']],
    ['Retain', 'Delete', 0, []],
    ['Retain', 'Delete', 1, ['pod-1']],
    ['Delete', 'Delete', 0, ['set']],
    ['Delete', 'Delete', 1, ['pod-1']],
  ])('by whenDeleted %s, whenScaled %s, pod %d', (deleted, scaled, n, uids) => {
    const owners = { set: set(deleted, scaled), pod: pod(n) };
    const wanted = wantedOwnerReferences(claim(), owners);
    expect(wanted.map(({ uid }) => uid)).toEqual(uids);
    expect(hasWantedOwners(claim(...wanted), owners)).toBe(true);
    expect(hasWantedOwners(claim(), owners)).toBe(uids.length === 0);
  });

  it('are left alone where an earlier object of the same name owns it', () => {
    const stale = claim(reference('Pod', 'web-0', 'earlier'));
    const owners = { set: set('Delete', 'Delete'), pod: pod(0) };
    expect(hasWantedOwners(stale, owners)).toBe(true);
    expect(isStaleClaim(owners.set, stale, owners.pod)).toBe(true);
    expect(isStaleClaim(set('Delete', 'Retain'), stale, owners.pod)).toBe(
      false,
    );
  });

  it('are removed where somebody else manages the claim', () => {
    const other = reference('Other', 'x', 'x');
    const owners = { set: set('Delete', 'Retain'), pod: pod(0) };
    const shared = claim(other, reference('StatefulSet', 'web', 'set'));
    expect(hasOtherController(shared, owners)).toBe(true);
    expect(hasWantedOwners(shared, owners)).toBe(false);
    expect(wantedOwnerReferences(shared, owners)).toEqual([other]);
    expect(hasWantedOwners(claim(other), owners)).toBe(true);
  });
});
