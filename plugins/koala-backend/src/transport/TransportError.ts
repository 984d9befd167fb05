/**
 * Why a request got no answer.
 *
 * - `dns`, `refused`, `unroutable`, `tls`: no connection could be made
 * - `timeout`: no connection, or no byte, within the time allowed
 * - `lost`: the connection broke, or its peer stopped answering
 * - `gateway`: a proxy answers that the API server behind it is gone
 * - `credential`: no credential could be had
 * - `too-large`: the answer is larger than allowed
 * - `aborted`: Koala itself gave the request up
 */
export type TransportErrorCode =
  | 'dns'
  | 'refused'
  | 'unroutable'
  | 'tls'
  | 'timeout'
  | 'lost'
  | 'gateway'
  | 'credential'
  | 'too-large'
  | 'aborted';

/** A request that got no (whole) answer; the message is for people and says what to do. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  readonly nextStep?: string;
  /** When the silence began, where that is what went wrong; ms since the epoch. */
  readonly since?: number;

  constructor(options: {
    code: TransportErrorCode;
    message: string;
    nextStep?: string;
    since?: number;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'TransportError';
    this.code = options.code;
    this.nextStep = options.nextStep;
    this.since = options.since;
  }

  /** The cluster was not reached, or not to the end; what came before is good. */
  get isConnectionLoss(): boolean {
    return !['credential', 'too-large', 'aborted'].includes(this.code);
  }
}
