import { ProtocolError } from '../transport/ApiError';
import { TransportResponse } from '../transport/ClusterTransport';
import { statusError } from './statusError';

/** Error bodies are read up to this size; what a proxy adds beyond is not of interest. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Lets an answer pass that is a success of the Kubernetes API.
 *
 * @throws ApiError for every other status; ProtocolError for a success that is not JSON
 */
export async function requireSuccess(
  response: TransportResponse,
  asked: { verb: 'list' | 'watch'; now: number },
): Promise<void> {
  if (response.status !== 200) {
    const { status, headers } = response;
    throw statusError(await readError(response), { status, headers, ...asked });
  }
  const type = response.headers['content-type'] ?? '';
  if (!type.includes('json')) {
    response.discard();
    throw new ProtocolError(
      `the answer is "${type.split(';')[0]}" and not JSON`,
    );
  }
}

async function readError(response: TransportResponse): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > MAX_ERROR_BYTES) {
        break;
      }
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // The status says enough.
    return undefined;
  }
}
