import { ProtocolError } from '../transport/ApiError';
import { TransportResponse } from '../transport/ClusterTransport';
import { EventLoopShare } from './EventLoopShare';
import { ItemSplitter } from './ItemSplitter';

/** Above the largest object that etcd takes by default (1.5 MB), with room for what JSON adds. */
export const MAX_OBJECT_BYTES = 16 * 1024 * 1024;

/** One page of a list. */
export interface ListPage {
  resourceVersion: string;
  /** Token of the next page. */
  next?: string;
}

/**
 * Reads one page of a list and hands over each object as it comes.
 *
 * @throws ProtocolError if the answer is no list of the Kubernetes API, or ends too early
 */
export async function readListPage(options: {
  response: TransportResponse;
  share: EventLoopShare;
  onObject: (raw: unknown) => void;
  onBytes: (bytes: number) => void;
}): Promise<ListPage> {
  const { response, share, onObject, onBytes } = options;
  const splitter = ItemSplitter.create({ maxItemBytes: MAX_OBJECT_BYTES });
  for await (const chunk of response.body) {
    onBytes(chunk.length);
    for (const item of splitter.push(chunk)) {
      if (share.spent) {
        await share.next();
      }
      const raw = JSON.parse(item.toString('utf8'));
      // Go writes an empty entry as null; there is nothing in it to keep.
      if (raw !== null) {
        onObject(raw);
      }
    }
  }
  const list = splitter.end() as {
    kind?: unknown;
    metadata?: { resourceVersion?: unknown; continue?: unknown };
  } | null;
  const resourceVersion = list?.metadata?.resourceVersion;
  if (
    typeof list?.kind !== 'string' ||
    !list.kind.endsWith('List') ||
    typeof resourceVersion !== 'string' ||
    resourceVersion === ''
  ) {
    throw new ProtocolError(
      'the answer is not a list of the Kubernetes API: it lacks kind or resourceVersion',
    );
  }
  const next = list.metadata?.continue;
  return {
    resourceVersion,
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}
