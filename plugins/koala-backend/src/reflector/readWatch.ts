import { TransportResponse } from '../transport/ClusterTransport';
import { TransportError } from '../transport/TransportError';
import { EventLoopShare } from './EventLoopShare';
import { LineSplitter } from './LineSplitter';
import { MAX_OBJECT_BYTES } from './readList';

/**
 * Hands over the lines of a watch until the server ends it.
 *
 * @throws TransportError if it ends in the middle of a line; ProtocolError if a line is too long
 */
export async function readWatch(options: {
  response: TransportResponse;
  share: EventLoopShare;
  onLine: (line: Buffer) => void;
  onBytes: (bytes: number) => void;
}): Promise<void> {
  const { response, share, onLine, onBytes } = options;
  const splitter = LineSplitter.create({ maxBytes: MAX_OBJECT_BYTES });
  for await (const chunk of response.body) {
    onBytes(chunk.length);
    for (const line of splitter.push(chunk)) {
      if (share.spent) {
        await share.next();
      }
      onLine(line);
    }
  }
  if (splitter.held > 0) {
    throw new TransportError({
      code: 'lost',
      message: 'A watch ended in the middle of an event',
    });
  }
}
