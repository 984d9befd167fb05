import { PersistentVolume, PersistentVolumeClaim } from '../../client';
import { defaultClass } from './defaultClass';
import { matchVolume, mismatch } from './matchVolume';

const claim = (
  spec: Partial<PersistentVolumeClaim['spec']> = {},
): PersistentVolumeClaim => ({
  metadata: { namespace: 'shop', name: 'data', uid: 'c' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '2Gi' } },
    storageClassName: 'fast',
    ...spec,
  },
});

const volume = (
  name: string,
  spec: Partial<PersistentVolume['spec']> = {},
  labels?: Record<string, string>,
): PersistentVolume => ({
  metadata: { name, labels },
  spec: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '2Gi' },
    storageClassName: 'fast',
    ...spec,
  },
  status: { phase: 'Available' },
});

const TWO_MODES = { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] };

describe('matchVolume', () => {
  const match = (
    volumes: PersistentVolume[],
    options: Partial<Parameters<typeof matchVolume>[0]> = {},
  ) => matchVolume({ claim: claim(), volumes, ...options })?.metadata.name;

  it.each<[string, PersistentVolume[], string | undefined]>([
    [
      'the smallest that is large enough',
      [
        volume('large', { capacity: { storage: '5Gi' } }),
        volume('small', { capacity: { storage: '1Gi' } }),
        volume('right', { capacity: { storage: '3Gi' } }),
      ],
      'right',
    ],
    [
      'one with as few modes as possible',
      [
        volume('many', TWO_MODES),
        volume('one', { capacity: { storage: '9Gi' } }),
      ],
      'one',
    ],
    [
      'the one reserved for it, of whatever size',
      [
        volume('free'),
        volume('reserved', {
          capacity: { storage: '9Gi' },
          claimRef: { namespace: 'shop', name: 'data' },
        }),
      ],
      'reserved',
    ],
    [
      'none of another class',
      [volume('slow', { storageClassName: 'slow' })],
      undefined,
    ],
    [
      'none that another claim has',
      [
        volume('taken', {
          claimRef: { namespace: 'shop', name: 'data', uid: 'earlier' },
        }),
      ],
      undefined,
    ],
    [
      'none of another mode',
      [volume('block', { volumeMode: 'Block' })],
      undefined,
    ],
  ])('finds %s', (_, volumes, expected) => {
    expect(match(volumes)).toBe(expected);
  });

  it('asks the labels', () => {
    const selective = claim({ selector: { matchLabels: { tier: 'db' } } });
    const volumes = [volume('plain'), volume('db', {}, { tier: 'db' })];
    expect(match(volumes, { claim: selective })).toBe('db');
  });

  it('leaves free volumes to the scheduler where it waits for a consumer', () => {
    expect(match([volume('free')], { onlyReserved: true })).toBeUndefined();
  });

  it('takes only what the node reaches and nobody else was promised', () => {
    const node = { metadata: { name: 'n', labels: { zone: 'a' } } };
    const inZone = (zone: string) => ({
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'zone', operator: 'In', values: [zone] },
              ],
            },
          ],
        },
      },
    });
    const volumes = [volume('far', inZone('b')), volume('near', inZone('a'))];
    expect(match(volumes, { node })).toBe('near');
    expect(
      match(volumes, { node, excluded: new Set(['near']) }),
    ).toBeUndefined();
  });
});

describe('mismatch', () => {
  it.each<[string | undefined, PersistentVolume]>([
    [undefined, volume('v')],
    [
      'requested PV is too small',
      volume('v', { capacity: { storage: '1Gi' } }),
    ],
    [
      'storageClassName does not match',
      volume('v', { storageClassName: undefined }),
    ],
    ['incompatible volumeMode', volume('v', { volumeMode: 'Block' })],
    ['incompatible accessMode', volume('v', { accessModes: ['ReadOnlyMany'] })],
  ])('is %s', (problem, subject) => {
    expect(mismatch(subject, claim())).toBe(problem);
  });
});

describe('defaultClass', () => {
  const storageClass = (
    name: string,
    creationTimestamp: string,
    isDefault = true,
  ) => ({
    metadata: {
      name,
      creationTimestamp,
      annotations: {
        'storageclass.kubernetes.io/is-default-class': String(isDefault),
      },
    },
  });

  it('is the newest that says so', () => {
    const classes = [
      storageClass('b', '2026-01-02T00:00:00Z'),
      storageClass('a', '2026-01-02T00:00:00Z'),
      storageClass('old', '2026-01-01T00:00:00Z'),
      storageClass('none', '2026-01-03T00:00:00Z', false),
    ];
    expect(defaultClass(classes)?.metadata.name).toBe('a');
    expect(defaultClass([classes[3]])).toBeUndefined();
  });
});
