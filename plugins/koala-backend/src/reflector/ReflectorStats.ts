import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { ReflectorPhase } from './ReflectorState';

/** Figures of one reflector, for `GET /api/koala/clusters` and for the log. Times in ms since the epoch. */
export interface ReflectorStats {
  kind: WatchedKind;
  /** Set where the reflector follows one namespace only. */
  namespace?: string;
  phase: ReflectorPhase;
  /** Since when it is in that phase. */
  since: number;
  listMode: 'stream' | 'pages';
  /** A complete list has been seen. */
  synced: boolean;
  objects: number;
  /** Lists completed; all but the first are relists. */
  lists: number;
  /** Watches that the server accepted. */
  watches: number;
  /** Objects added, modified or deleted by a watch. */
  events: number;
  bookmarks: number;
  failures: number;
  bytes: number;
  lastListAt?: number;
  lastEventAt?: number;
  lastFailure?: string;
}
