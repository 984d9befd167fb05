import { setTimeout as sleep } from 'node:timers/promises';

/** Thrown by an attempt to end the polling at once with `cause`. */
export class GiveUp extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * Polls `attempt` until it returns something other than undefined or false. The bound is generous
 * on purpose: it ends a run that hangs and decides nothing about speed.
 *
 * @throws Error that says what was waited for, with the last failure of `attempt`.
 */
export async function until<T>(options: {
  what: string;
  attempt: () => Promise<T | undefined | false> | T | undefined | false;
  everyMs?: number;
  boundMs?: number;
}): Promise<T> {
  const { what, attempt, everyMs = 50, boundMs = 60_000 } = options;
  const deadline = Date.now() + boundMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await attempt();
      if (value !== undefined && value !== false) {
        return value;
      }
      last = undefined;
    } catch (error) {
      if (error instanceof GiveUp) {
        throw error.cause;
      }
      last = error;
    }
    if (Date.now() > deadline) {
      const why = last ? `: ${(last as Error).message}` : '';
      throw new Error(`${what} did not happen in ${boundMs / 1000} s${why}`);
    }
    await sleep(everyMs);
  }
}
