import { ApiError, ProtocolError } from '../transport/ApiError';
import { TransportError } from '../transport/TransportError';

/**
 * What a failed list or watch means for the reflector.
 *
 * - `gone`: the version it would go on from is no longer known (410)
 * - `too-new`: the server does not know that version yet (a stale replica, or a restored etcd)
 * - `no-streaming-list`: the server does not stream lists
 * - `unauthorized`: 401, or there is no credential to send
 * - `forbidden`, `not-found`: 403, 404
 * - `throttled`: 429
 * - `unavailable`: any other status, and errors that the server reports inside a watch
 * - `cut`: the connection, or the answer, ended too early; what came before is good
 * - `broken`: it answers, but not as a Kubernetes API; nothing of it can be relied on
 */
export type FailureKind =
  | 'gone'
  | 'too-new'
  | 'no-streaming-list'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  | 'unavailable'
  | 'cut'
  | 'broken';

/** Why a list or a watch failed. */
export interface Failure {
  kind: FailureKind;
  /** For people. */
  message: string;
  nextStep?: string;
  retryAfterMs?: number;
  /** What was refused, or failed; absent where it never came to a request. */
  verb?: 'list' | 'watch';
}

/** The server, or the way to it, does not stream lists; the message says how that showed. */
export class NoStreamingListError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoStreamingListError';
  }
}

/** What an error of the transport, the API server or a parser means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NoStreamingListError) {
    return { kind: 'no-streaming-list', message: error.message };
  }
  if (error instanceof ApiError) {
    return {
      kind: kindOfStatus(error),
      message: error.message,
      retryAfterMs: error.retryAfterMs,
      verb: error.verb,
    };
  }
  if (error instanceof TransportError && error.isConnectionLoss) {
    return { kind: 'cut', message: error.message, nextStep: error.nextStep };
  }
  if (error instanceof TransportError && error.code === 'credential') {
    return { kind: 'unauthorized', message: error.message };
  }
  if (error instanceof ProtocolError || error instanceof TransportError) {
    return { kind: 'broken', message: error.message };
  }
  return {
    kind: 'broken',
    message: `Koala could not read the answer: ${
      error instanceof Error ? error.message : error
    }`,
  };
}

function kindOfStatus({ status, reason, causes }: ApiError): FailureKind {
  if (status === 410 || reason === 'Expired' || reason === 'Gone') {
    return 'gone';
  }
  if (causes.includes('ResourceVersionTooLarge')) {
    return 'too-new';
  }
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 405:
      return 'not-found';
    case 429:
      return 'throttled';
    default:
      return 'unavailable';
  }
}
