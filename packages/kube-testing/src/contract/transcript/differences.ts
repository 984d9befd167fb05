import { Disagreement } from './compareTranscripts';

/** Something in which the sandbox differs from a real server on purpose; docs/sandbox.md lists each with its reason. */
export interface KnownDifference {
  /** The id in the table of docs/sandbox.md. */
  id: string;
  /** Whether it explains what was seen in that case. */
  covers(disagreement: Disagreement, caseName: string): boolean;
}

/** All of them. A run over all cases fails for one that no longer shows. */
export const differences: readonly KnownDifference[] = [];
