import { Failure } from './Failure';
import {
  ReflectorEvent,
  ReflectorState,
  TransitionContext,
} from './ReflectorState';

/** The next state of a reflector. Pure: the same arguments give the same state. */
export function transition(
  state: ReflectorState,
  event: ReflectorEvent,
  context: TransitionContext,
): ReflectorState {
  if (state.phase === 'stopped') {
    return state;
  }
  switch (event.type) {
    case 'start':
      return state.phase === 'idle' ? { ...state, phase: 'listing' } : state;
    case 'stop':
      return { ...state, phase: 'stopped', delayMs: undefined };
    case 'listed':
      return {
        ...recovered(state),
        phase: 'watching',
        resourceVersion: event.resourceVersion,
      };
    case 'opened':
      return recovered(state);
    case 'advanced':
      return { ...state, resourceVersion: event.resourceVersion };
    case 'ended':
      return ended(state, event.watchedMs, context);
    case 'failed':
      return failed(state, event.failure, event.watchedMs, context);
    case 'due':
      return state.phase === 'backoff' || state.phase === 'parked'
        ? resumed(state)
        : state;
    case 'reachable':
      return reached(state, context);
    case 'superseded':
      // Going on from the old version would tell again what the others have told since.
      return state.phase === 'parked'
        ? { ...state, resourceVersion: undefined }
        : state;
    default:
      return state;
  }
}

function recovered(state: ReflectorState): ReflectorState {
  return { ...state, failure: undefined, failingSince: undefined };
}

/** Goes on from the version there is, else with a list. */
function resumed(state: ReflectorState): ReflectorState {
  return {
    ...state,
    phase: state.resourceVersion === undefined ? 'listing' : 'watching',
    delayMs: undefined,
  };
}

/** The cluster was away and is back: what failed meanwhile counts no more. */
function reached(
  state: ReflectorState,
  { now, random, timing }: TransitionContext,
): ReflectorState {
  if (state.failure?.kind !== 'cut') {
    return state;
  }
  const forgiven = { ...state, attempts: 0, failingSince: now };
  // All reflectors of a cluster hear this at once, so they spread over a moment.
  return state.phase === 'backoff'
    ? {
        ...forgiven,
        delayMs: Math.min(state.delayMs ?? 0, random() * timing.backoffBaseMs),
      }
    : forgiven;
}

function ended(
  state: ReflectorState,
  watchedMs: number,
  context: TransitionContext,
): ReflectorState {
  if (watchedMs >= context.timing.stableMs) {
    return { ...recovered(state), attempts: 0 };
  }
  // A server that ends every watch at once must not be asked without a pause.
  return backingOff(state, state.attempts, {}, context);
}

function failed(
  before: ReflectorState,
  failure: Failure,
  watchedMs: number,
  context: TransitionContext,
): ReflectorState {
  const { now, random, timing } = context;
  const attempts = watchedMs >= timing.stableMs ? 0 : before.attempts;
  const state: ReflectorState = {
    ...before,
    failure,
    failingSince: before.failingSince ?? now,
  };
  const anew: ReflectorState = { ...state, resourceVersion: undefined };
  switch (failure.kind) {
    case 'gone': {
      // A list is the cure, so there is nothing to wait for, unless the last one did not help.
      const again =
        before.goneAt !== undefined && now - before.goneAt < timing.goneAgainMs;
      const relist = { ...anew, goneAt: now };
      return again
        ? backingOff(relist, attempts, failure, context)
        : { ...relist, phase: 'listing', attempts };
    }
    case 'no-streaming-list':
      return { ...anew, phase: 'listing', listMode: 'pages' };
    case 'forbidden':
    case 'not-found':
      return {
        ...state,
        phase: 'parked',
        attempts,
        delayMs: timing.parkedMs * (0.8 + 0.4 * random()),
      };
    case 'too-new':
      // Once is a replica that lags; again and again is an etcd that was set back.
      return backingOff(
        attempts < 2 ? state : anew,
        attempts,
        failure,
        context,
      );
    case 'broken':
      return backingOff(anew, attempts, failure, context);
    default:
      return backingOff(state, attempts, failure, context);
  }
}

/** Full jitter: anything between nothing and the limit, which doubles with every attempt. */
function backingOff(
  state: ReflectorState,
  attempts: number,
  { retryAfterMs }: { retryAfterMs?: number },
  { random, timing }: TransitionContext,
): ReflectorState {
  const limit = Math.min(
    timing.backoffCapMs,
    timing.backoffBaseMs * 2 ** Math.min(attempts, 20),
  );
  return {
    ...state,
    phase: 'backoff',
    attempts: attempts + 1,
    delayMs: (retryAfterMs ?? 0) + random() * limit,
  };
}
