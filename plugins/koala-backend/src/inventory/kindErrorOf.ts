import { ReflectorState } from '../reflector/ReflectorState';
import { KindState } from './InventoryReader';

/** How long a kind may fail before that is shown: most faults are over by then. */
export const KIND_GRACE_MS = 10_000;

/**
 * What keeps a kind from being followed; undefined while nothing does, or not for long enough. Not being allowed
 * to read is no passing fault, so it shows at once.
 */
export function kindErrorOf(
  { failure, failingSince }: ReflectorState,
  now: number,
): KindState['error'] {
  if (!failure) {
    return undefined;
  }
  const { message, verb } = failure;
  switch (failure.kind) {
    case 'forbidden':
      return { code: 'forbidden', message, ...(verb && { verb }) };
    case 'not-found':
      return { code: 'not-found', message };
    default:
  }
  if (now - (failingSince ?? now) < KIND_GRACE_MS) {
    return undefined;
  }
  switch (failure.kind) {
    case 'unauthorized':
      return { code: 'forbidden', message };
    case 'cut':
      return { code: 'unreachable', message };
    default:
      return { code: 'broken', message };
  }
}
