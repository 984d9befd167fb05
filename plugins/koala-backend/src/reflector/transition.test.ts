import { Failure, FailureKind } from './Failure';
import {
  IDLE,
  ReflectorEvent,
  ReflectorState,
  REFLECTOR_TIMING,
} from './ReflectorState';
import { transition } from './transition';

const now = 1_000_000;
const context = { now, random: () => 0.5, timing: REFLECTOR_TIMING };

const failure = (kind: FailureKind, retryAfterMs?: number): Failure => ({
  kind,
  message: kind,
  retryAfterMs,
});
const failed = (
  kind: FailureKind,
  options: { watchedMs?: number; retryAfterMs?: number } = {},
): ReflectorEvent => ({
  type: 'failed',
  failure: failure(kind, options.retryAfterMs),
  watchedMs: options.watchedMs ?? 0,
});

const idle = IDLE;
const listing: ReflectorState = { ...idle, phase: 'listing' };
const paging: ReflectorState = { ...listing, listMode: 'pages' };
const watching: ReflectorState = {
  ...idle,
  phase: 'watching',
  resourceVersion: '7',
};
const tired: ReflectorState = { ...watching, attempts: 3 };
const retrying: ReflectorState = {
  ...watching,
  phase: 'backoff',
  attempts: 4,
  delayMs: 9_000,
  failure: failure('cut'),
  failingSince: 5,
};
const parked: ReflectorState = {
  ...watching,
  phase: 'parked',
  delayMs: 60_000,
  failure: failure('forbidden'),
  failingSince: 5,
};
const stopped: ReflectorState = { ...idle, phase: 'stopped' };

type Row = [
  name: string,
  from: ReflectorState,
  event: ReflectorEvent,
  to: Partial<ReflectorState>,
];

const rows: Row[] = [
  ['starts with a list', idle, { type: 'start' }, { phase: 'listing' }],
  ['starts once', watching, { type: 'start' }, watching],
  [
    'watches from the version of its list',
    listing,
    { type: 'listed', resourceVersion: '9' },
    { phase: 'watching', resourceVersion: '9', failure: undefined },
  ],
  [
    'is well once a watch is open',
    { ...retrying, phase: 'watching' },
    { type: 'opened' },
    { failure: undefined, failingSince: undefined, attempts: 4 },
  ],
  [
    'remembers the version of each event',
    watching,
    { type: 'advanced', resourceVersion: '8' },
    { phase: 'watching', resourceVersion: '8' },
  ],
  [
    'watches on when a watch ends in good order',
    tired,
    { type: 'ended', watchedMs: 300_000 },
    { phase: 'watching', resourceVersion: '7', attempts: 0 },
  ],
  [
    'pauses when a watch ends at once',
    watching,
    { type: 'ended', watchedMs: 10 },
    { phase: 'backoff', resourceVersion: '7', attempts: 1, delayMs: 250 },
  ],
  [
    'resumes after a cut without a list',
    watching,
    failed('cut', { watchedMs: 60_000 }),
    {
      phase: 'backoff',
      resourceVersion: '7',
      attempts: 1,
      delayMs: 250,
      failingSince: now,
    },
  ],
  [
    'waits longer with each attempt',
    tired,
    failed('cut'),
    { phase: 'backoff', attempts: 4, delayMs: 2_000 },
  ],
  [
    'waits no longer than the cap',
    { ...watching, attempts: 60 },
    failed('unavailable'),
    { delayMs: 7_500, attempts: 61 },
  ],
  [
    'forgets failures after a watch that lasted',
    tired,
    failed('cut', { watchedMs: 10_000 }),
    { attempts: 1, delayMs: 250 },
  ],
  [
    'keeps since when it fails',
    { ...retrying, phase: 'watching' },
    failed('unavailable'),
    { failingSince: 5 },
  ],
  [
    'relists at once when its version is gone',
    tired,
    failed('gone'),
    { phase: 'listing', resourceVersion: undefined, goneAt: now },
  ],
  [
    'relists after a pause when the version is gone again',
    { ...watching, goneAt: now - 20_000 },
    failed('gone'),
    { phase: 'backoff', resourceVersion: undefined, delayMs: 250 },
  ],
  [
    'begins a list anew whose next page is gone',
    paging,
    failed('gone'),
    { phase: 'listing', listMode: 'pages', resourceVersion: undefined },
  ],
  [
    'lists in pages where the server does not stream',
    listing,
    failed('no-streaming-list'),
    { phase: 'listing', listMode: 'pages', attempts: 0 },
  ],
  [
    'parks a kind that may not be read',
    watching,
    failed('forbidden'),
    { phase: 'parked', resourceVersion: '7', delayMs: 60_000 },
  ],
  [
    'parks a kind that does not exist',
    listing,
    failed('not-found'),
    { phase: 'parked', delayMs: 60_000 },
  ],
  [
    'takes up where it was when it is not parked any more',
    parked,
    { type: 'due' },
    { phase: 'watching', resourceVersion: '7', delayMs: undefined },
  ],
  [
    'tries again with the credential that is there by then',
    watching,
    failed('unauthorized'),
    { phase: 'backoff', resourceVersion: '7' },
  ],
  [
    'waits as long as the server asks, and a little',
    watching,
    failed('throttled', { retryAfterMs: 7_000 }),
    { phase: 'backoff', resourceVersion: '7', delayMs: 7_250 },
  ],
  [
    'backs off where the server does not say how long',
    watching,
    failed('throttled'),
    { delayMs: 250 },
  ],
  [
    'waits for a replica that lags',
    watching,
    failed('too-new'),
    { phase: 'backoff', resourceVersion: '7' },
  ],
  [
    'lists where the version stays unknown: etcd was set back',
    { ...watching, attempts: 2 },
    failed('too-new'),
    { phase: 'backoff', resourceVersion: undefined },
  ],
  [
    'trusts nothing of a broken answer',
    watching,
    failed('broken', { watchedMs: 60_000 }),
    { phase: 'backoff', resourceVersion: undefined, delayMs: 250 },
  ],
  [
    'lists when it has waited and has no version',
    { ...retrying, resourceVersion: undefined },
    { type: 'due' },
    { phase: 'listing' },
  ],
  [
    'tries at once when the cluster is back',
    retrying,
    { type: 'reachable' },
    { phase: 'backoff', delayMs: 250, attempts: 0, failingSince: now },
  ],
  [
    'waits on where the server itself asked for it',
    { ...retrying, failure: failure('throttled') },
    { type: 'reachable' },
    { delayMs: 9_000, attempts: 4 },
  ],
  [
    'stays parked when the cluster is back',
    parked,
    { type: 'reachable' },
    parked,
  ],
  [
    'begins anew after others have followed in its place',
    parked,
    { type: 'superseded' },
    { phase: 'parked', resourceVersion: undefined, delayMs: 60_000 },
  ],
  [
    'hears of no others while it follows itself',
    watching,
    { type: 'superseded' },
    watching,
  ],
  ['stops from anywhere', parked, { type: 'stop' }, { phase: 'stopped' }],
  ['stays stopped', stopped, { type: 'start' }, stopped],
  ['hears nothing after its end', stopped, failed('gone'), stopped],
];

describe('transition', () => {
  it.each(rows)('%s', (_name, from, event, to) => {
    expect(transition(from, event, context)).toMatchObject(to);
  });

  it('spreads its waits over the whole time (full jitter)', () => {
    const waits = [0, 0.25, 0.999].map(
      random =>
        transition(tired, failed('cut'), { ...context, random: () => random })
          .delayMs,
    );
    expect(waits).toEqual([0, 1_000, 3_996]);
  });

  it('never lists in a loop where each list is followed by a 410', () => {
    let state = watching;
    let lists = 0;
    let waited = 0;
    for (let i = 0; i < 10; i++) {
      state = transition(state, failed('gone'), context);
      waited += state.delayMs ?? 0;
      if (state.phase === 'backoff') {
        state = transition(state, { type: 'due' }, context);
      }
      expect(state.phase).toBe('listing');
      lists += 1;
      state = transition(
        state,
        { type: 'listed', resourceVersion: String(lists) },
        context,
      );
    }
    expect(waited).toBeGreaterThan(20_000);
  });
});
