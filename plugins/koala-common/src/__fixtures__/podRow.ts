import { judgePod } from '../health/judgePod';
import { projectObject } from '../projection/projectObject';
import { Verdict } from '../status/Verdict';
import { at } from './clock';
import { ExpectedVerdict } from './expectedVerdict';
import { IMAGE } from './rawPod';

/** What containerd says of a tag that is not there. */
export const NOT_FOUND = `Back-off pulling image "${IMAGE}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${IMAGE}: not found`;

/** One pod at one moment, and what Koala says of it. */
export interface PodRow extends ExpectedVerdict {
  title: string;
  /** As the API server sends it. */
  pod: unknown;
  /** Seconds after the start. */
  now: number;
  graceMs?: number;
  deadlineMs?: number;
}

/** Koala's verdict on the pod of a row. */
export function judgeRow(row: PodRow): Verdict {
  return judgePod({
    pod: projectObject('Pod', row.pod),
    now: at(row.now),
    graceMs: row.graceMs,
    deadlineMs: row.deadlineMs,
  });
}
