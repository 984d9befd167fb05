import { ApiError, ProtocolError } from '../transport/ApiError';
import { statusError } from './statusError';

/** One line of a watch. */
export type WatchEvent =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED';
      resourceVersion: string;
      object: unknown;
    }
  | {
      type: 'BOOKMARK';
      resourceVersion: string;
      /** The state that a streaming list asked for is complete. */
      initialEventsEnd: boolean;
    }
  | { type: 'ERROR'; error: ApiError };

/**
 * Reads a line of a watch.
 *
 * @throws ProtocolError if it is no event of the Kubernetes API, or its object has no version
 */
export function parseWatchEvent(line: Buffer): WatchEvent {
  let event: { type?: unknown; object?: unknown } | null;
  try {
    event = JSON.parse(line.toString('utf8'));
  } catch {
    throw new ProtocolError(
      `a watch sent a line that is not JSON: ${excerpt(line)}`,
    );
  }
  const object = event?.object as
    | {
        metadata?: {
          resourceVersion?: unknown;
          annotations?: Record<string, unknown>;
        };
      }
    | null
    | undefined;
  if (event?.type === 'ERROR') {
    return { type: 'ERROR', error: statusError(object) };
  }
  const resourceVersion = object?.metadata?.resourceVersion;
  switch (event?.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return {
        type: event.type,
        object,
        resourceVersion: requireVersion(resourceVersion, line),
      };
    case 'BOOKMARK':
      return {
        type: 'BOOKMARK',
        resourceVersion: requireVersion(resourceVersion, line),
        initialEventsEnd:
          object?.metadata?.annotations?.['k8s.io/initial-events-end'] ===
          'true',
      };
    default:
      throw new ProtocolError(
        `a watch sent an event of an unknown type: ${excerpt(line)}`,
      );
  }
}

function requireVersion(value: unknown, line: Buffer): string {
  if (typeof value !== 'string' || value === '') {
    throw new ProtocolError(
      `a watch sent an object without a resourceVersion: ${excerpt(line)}`,
    );
  }
  return value;
}

/** Enough to recognise a line by; no more, because objects may carry what must not be logged. */
function excerpt(line: Buffer): string {
  const start = line.subarray(0, 40).toString('utf8');
  return line.length > 40 ? `${start}…` : start;
}
