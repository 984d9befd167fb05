import assert from 'node:assert/strict';
import { RawResponse } from '../client/RawKubeClient';
import { WatchFrame } from '../client/RawWatch';

/** The parts of a `Status` that tell one failure from another. */
export interface ExpectedFailure {
  code: number;
  /** Left out where the server gives none. */
  reason?: string;
  message: string | RegExp;
  details?: unknown;
}

/** Compares a whole `Status` body with what a real server answers; nothing more may be in it. */
export function assertStatus(body: any, expected: ExpectedFailure): void {
  const { message, ...rest } = expected;
  assert.deepEqual(
    { ...body, message: matching(body?.message, message) },
    {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: typeof message === 'string' ? message : String(message),
      ...rest,
    },
  );
}

/** A response that refuses, with status code and body agreeing. */
export function assertFailure(
  response: RawResponse,
  expected: ExpectedFailure,
): void {
  assertStatus(response.body ?? response.text, expected);
  assert.equal(response.status, expected.code);
  assert.match(response.headers['content-type'], /^application\/json/);
}

function matching(actual: unknown, wanted: string | RegExp): unknown {
  return wanted instanceof RegExp && wanted.test(String(actual))
    ? String(wanted)
    : actual;
}

/** A copy without what differs from run to run; `managedFields` is left out, as it is a page of its own. */
export function masked<T>(value: T): any {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => {
      switch (key) {
        case 'managedFields':
          return undefined;
        case 'uid':
        case 'resourceVersion':
        case 'creationTimestamp':
        case 'deletionTimestamp':
          return inner === null ? null : `<${key}>`;
        default:
          return inner;
      }
    }),
  );
}

/** `TYPE name` of frames, the shortest way to compare a sequence. */
export function sequence(frames: WatchFrame[]): string[] {
  return frames.map(({ type, object }) =>
    [type, object.metadata?.name].filter(Boolean).join(' '),
  );
}

/** resourceVersions are opaque to clients; the suite looks inside to check their order. */
export function version(object: any): bigint {
  return BigInt(object.metadata.resourceVersion);
}

/** Fails unless the resourceVersions of the frames grow. */
export function assertGrowing(frames: WatchFrame[]): void {
  const versions = frames.map(frame => version(frame.object));
  versions.slice(1).forEach((later, index) => {
    assert.ok(later > versions[index], `${later} after ${versions[index]}`);
  });
}
