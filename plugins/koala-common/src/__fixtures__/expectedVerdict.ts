import { Reason } from '../status/Reason';
import { at } from './clock';

/** What a row of a table expects of a verdict; what it leaves out may be anything. */
export interface ExpectedVerdict {
  status: string;
  /** Of all reasons, in their order. */
  codes?: string[];
  /** Of the first reason; a healthy verdict has none. */
  code?: string;
  /** Part of the first reason's message. */
  says?: string | RegExp;
  /** Of the first reason. */
  nextStep?: RegExp;
  /** Seconds after the start; undefined where none may be told. */
  since?: number;
  /** Seconds after the start; undefined where none may be told. */
  recheckAt?: number;
}

interface Judged {
  status: string;
  reasons: readonly Reason[];
  since?: number;
  recheckAt?: number;
}

/** A verdict in the form that rows are compared with. */
export function shown(verdict: Judged) {
  return {
    status: verdict.status,
    since: verdict.since,
    recheckAt: verdict.recheckAt,
    codes: verdict.reasons.map(({ code }) => code),
    first: verdict.reasons[0],
  };
}

function moment(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : at(seconds);
}

/** What `shown` of the verdict has to match. */
export function expectedVerdict(row: ExpectedVerdict) {
  const { status, codes, code, says, nextStep } = row;
  return {
    status,
    ...(codes && { codes }),
    first:
      status === 'healthy'
        ? undefined
        : {
            code: code ?? expect.any(String),
            ...(says && {
              message:
                typeof says === 'string'
                  ? expect.stringContaining(says)
                  : expect.stringMatching(says),
            }),
            ...(nextStep && { nextStep: expect.stringMatching(nextStep) }),
          },
    ...('since' in row && { since: moment(row.since) }),
    ...('recheckAt' in row && { recheckAt: moment(row.recheckAt) }),
  };
}
