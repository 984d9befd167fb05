import { at, iso } from '../__fixtures__/clock';
import { rawVolume } from '../__fixtures__/rawWorkloads';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { judgeVolume, volumeAccessOf } from './judgeVolume';

describe('judgeVolume', () => {
  const judge = (
    options: Parameters<typeof rawVolume>[0],
    more: { mounted?: boolean; now?: number } = {},
  ) =>
    judgeVolume({
      volume: projectObject('PersistentVolumeClaim', rawVolume(options)),
      mounted: more.mounted,
      now: at(more.now ?? 60),
    });

  it.each<VerdictRow>([
    {
      title: 'pending, and pods wait',
      verdict: () => judge({ status: { phase: 'Pending' } }, { mounted: true }),
      status: 'progressing',
      codes: ['VolumePending'],
      recheckAt: 600,
    },
    {
      title: 'pending, and pods have waited for too long',
      verdict: () =>
        judge({ status: { phase: 'Pending' } }, { mounted: true, now: 600 }),
      status: 'degraded',
    },
    {
      title: 'pending for ever, and nobody waits',
      verdict: () => judge({ status: { phase: 'Pending' } }, { now: 90_000 }),
      status: 'progressing',
      says: 'no pod mounts it',
      recheckAt: undefined,
    },
    {
      title: 'no status at all',
      verdict: () => judge({ status: { phase: undefined } }),
      status: 'progressing',
    },
    {
      title: 'a phase that nobody knows',
      verdict: () => judge({ status: { phase: 'Melting' } }),
      status: 'unknown',
      codes: ['VolumePhaseUnknown'],
    },
    {
      title: 'being deleted, and mounted',
      verdict: () =>
        judge({ metadata: { deletionTimestamp: iso(9) } }, { mounted: true }),
      status: 'progressing',
      codes: ['BeingDeleted'],
      says: 'once no pod mounts it',
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });

  it.each([
    [['ReadWriteOnce'], 'single'],
    [['ReadWriteOncePod'], 'single'],
    [['ReadWriteMany'], 'shared'],
    [['ReadOnlyMany'], 'shared'],
    [['ReadWriteOnce', 'ReadOnlyMany'], 'shared'],
    [[], 'single'],
  ])('%s is for %s use', (accessModes, access) => {
    const volume = projectObject(
      'PersistentVolumeClaim',
      rawVolume({ spec: { accessModes } }),
    );
    expect(volumeAccessOf(volume)).toBe(access);
  });
});
