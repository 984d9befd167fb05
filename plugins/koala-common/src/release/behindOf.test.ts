import { behindOf, furthestBehind } from './behindOf';
import { PastVersion } from './versionHistoryOf';

const past = (...versions: string[]): PastVersion[] =>
  versions.map((version, index) => ({
    version,
    since: 1_000 - 100 * index,
  }));

type Row = [
  what: string,
  release: { version: string; deployedAt?: number },
  upstream: string,
  history: PastVersion[],
  behind: { by?: number } | undefined,
];

const rows: Row[] = [
  [
    'the same',
    { version: '1.2.0' },
    '1.2.0',
    past('1.2.0', '1.1.0'),
    undefined,
  ],
  [
    'one older',
    { version: '1.1.0' },
    '1.2.0',
    past('1.2.0', '1.1.0'),
    { by: 1 },
  ],
  [
    'three older',
    { version: '1.1.0' },
    '1.4.0',
    past('1.4.0', '1.3.0', '1.2.0', '1.1.0', '1.0.0'),
    { by: 3 },
  ],
  ['newer', { version: '1.3.0' }, '1.2.0', past('1.2.0', '1.1.0'), undefined],
  [
    'newer, since upstream was rolled back',
    { version: '1.3.0' },
    '1.2.0',
    past('1.2.0', '1.3.0', '1.1.0'),
    undefined,
  ],
  [
    'older than what upstream was rolled back to',
    { version: '1.1.0' },
    '1.2.0',
    past('1.2.0', '1.3.0', '1.1.0'),
    { by: 1 },
  ],
  [
    'a version that ran upstream twice',
    { version: '1.0.0' },
    '1.2.0',
    past('1.2.0', '1.1.0', '1.2.0', '1.0.0'),
    { by: 2 },
  ],
  ['older than the history', { version: '0.1.0' }, '1.2.0', past('1.2.0'), {}],
  ['older without any history', { version: '0.1.0' }, '1.2.0', [], {}],
  [
    'a rollout upstream that is not in its history yet',
    { version: '1.1.0' },
    '1.2.0',
    past('1.1.0', '1.0.0'),
    { by: 1 },
  ],
  [
    'commits in the history',
    { version: 'main-1a2b3c4' },
    'main-9f8e7d6',
    past('main-9f8e7d6', 'main-5c4b3a2', 'main-1a2b3c4'),
    { by: 2 },
  ],
  [
    'a commit from before the history',
    { version: 'main-1a2b3c4', deployedAt: 1 },
    'main-9f8e7d6',
    past('main-9f8e7d6', 'main-5c4b3a2'),
    {},
  ],
  [
    'a commit that never ran upstream',
    { version: 'hotfix-1a2b3c4', deployedAt: 5_000 },
    'main-9f8e7d6',
    past('main-9f8e7d6', 'main-5c4b3a2'),
    undefined,
  ],
  [
    'a commit of nobody knows when',
    { version: 'hotfix-1a2b3c4' },
    'main-9f8e7d6',
    past('main-9f8e7d6'),
    undefined,
  ],
  [
    'a variant of the same version',
    { version: '1.2.0-alpine', deployedAt: 1 },
    '1.2.0',
    past('1.2.0'),
    undefined,
  ],
  [
    'an older version, written in another way',
    { version: 'v1.1.0' },
    '1.3.0-alpine',
    past('1.3.0-alpine', '1.2.0-alpine', '1.1.0-alpine'),
    { by: 2 },
  ],
];

describe('behindOf', () => {
  it.each(rows)('%s', (_what, release, version, history, behind) => {
    expect(
      behindOf({
        release,
        upstream: { environment: 'staging', release: { version }, history },
      }),
    ).toEqual(behind && { environment: 'staging', ...behind });
  });
});

describe('furthestBehind', () => {
  const by = (number?: number) => ({
    environment: 'staging',
    ...(number !== undefined && { by: number }),
  });

  it.each([
    [[], undefined],
    [[undefined, undefined], undefined],
    [[by(1), undefined], by(1)],
    [[by(1), by(3), by(2)], by(3)],
    [[by(1), by(), by(2)], by()],
  ])('%j: %j', (all, expected) => {
    expect(furthestBehind(all)).toEqual(expected);
  });
});
