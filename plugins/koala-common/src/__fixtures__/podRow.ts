import { judgePod } from '../health/judgePod';
import { projectObject } from '../projection/projectObject';
import { at } from './clock';
import { IMAGE } from './rawPod';

/** What containerd says of a tag that is not there. */
export const NOT_FOUND = `Back-off pulling image "${IMAGE}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${IMAGE}: not found`;

/** One pod at one moment, and what Koala says of it. */
export interface PodRow {
  title: string;
  /** As the API server sends it. */
  pod: unknown;
  /** Seconds after the start. */
  now: number;
  status: string;
  code?: string;
  /** Part of the message. */
  says?: string | RegExp;
  nextStep?: RegExp;
  /** Seconds after the start. */
  since?: number;
  recheckAt?: number;
  graceMs?: number;
  deadlineMs?: number;
}

/** Judges the pod of a row and compares with what the row expects; what it leaves out may be anything. */
export function expectPodVerdict(row: PodRow): void {
  const verdict = judgePod({
    pod: projectObject('Pod', row.pod),
    now: at(row.now),
    graceMs: row.graceMs,
    deadlineMs: row.deadlineMs,
  });

  expect(verdict.status).toBe(row.status);
  expect(verdict.reasons[0]?.code).toEqual(
    row.status === 'healthy' ? undefined : row.code ?? expect.any(String),
  );
  if (typeof row.says === 'string') {
    expect(verdict.reasons[0].message).toContain(row.says);
  } else if (row.says) {
    expect(verdict.reasons[0].message).toMatch(row.says);
  }
  if (row.nextStep) {
    expect(verdict.reasons[0].nextStep).toMatch(row.nextStep);
  }
  if ('since' in row) {
    expect(verdict.since).toBe(
      row.since === undefined ? undefined : at(row.since),
    );
  }
  if ('recheckAt' in row) {
    expect(verdict.recheckAt).toBe(
      row.recheckAt === undefined ? undefined : at(row.recheckAt),
    );
  }
}
