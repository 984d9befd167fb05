/**
 * How the screen gets its data right now.
 *
 * - `connecting`: nothing was heard yet
 * - `live`: a stream is open
 * - `reconnecting`: the stream broke less than ten seconds ago
 * - `polling`: no stream, but the backend answers requests
 * - `offline`: the backend does not answer; everything shown is as old as `since`
 *
 * @public
 */
export type ConnectionState =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'polling'
  | 'offline';

/** @public */
export interface LiveConnection {
  state: ConnectionState;
  /** Since when; for `offline` when the backend was last heard. ms since the epoch. */
  since: number;
}
