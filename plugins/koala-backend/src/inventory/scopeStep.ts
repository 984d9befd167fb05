import { ReflectorState } from '../reflector/ReflectorState';

/** Namespaces to begin to follow one by one, and to follow no longer. */
export interface ScopeStep {
  /** The kind is followed namespace by namespace. */
  apart: boolean;
  enter: readonly string[];
  leave: readonly string[];
}

/**
 * How the scope of a kind goes on: single namespaces are followed from when the kind may not be read as a whole
 * until it is read as a whole again, and not while that is merely tried. Pure.
 */
export function scopeStep(options: {
  /** The kind lives in namespaces. */
  namespaced: boolean;
  /** The reflector that follows the kind in all namespaces. */
  whole: Pick<ReflectorState, 'phase' | 'failure'>;
  /** Namespaces that are followed one by one. */
  followed: readonly string[];
  wanted: readonly string[];
}): ScopeStep {
  const { namespaced, whole, followed, wanted } = options;
  if (!namespaced || (whole.phase === 'watching' && !whole.failure)) {
    return { apart: false, enter: [], leave: followed };
  }
  const apart =
    followed.length > 0 ||
    (whole.phase === 'parked' && whole.failure?.kind === 'forbidden');
  return {
    apart,
    enter: apart ? wanted.filter(name => !followed.includes(name)) : [],
    leave: followed.filter(name => !wanted.includes(name)),
  };
}
