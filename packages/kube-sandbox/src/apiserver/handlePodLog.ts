import { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { containerOf, parsePodLogOptions } from '../rest/podLog';
import { badRequest, internalError } from '../status/errors';
import { StatusError } from '../status/StatusError';
import { textOf } from './KubeletClient';
import { ResourceRequest } from './ResourceRequest';

async function refusal(answer: IncomingMessage, name: string): Promise<Error> {
  const text = await textOf(answer);
  switch (answer.statusCode) {
    case 400:
      return badRequest(text);
    case 404:
      return new StatusError({
        code: 404,
        reason: 'NotFound',
        message: `the server could not find the requested resource ( pods/log ${name})`,
        details: { name, kind: 'pods/log' },
      });
    default:
      return internalError(text);
  }
}

/** GET of the log of a container: the kubelet of its node is asked, and what it says is passed on as it comes. */
export async function handlePodLog(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, name, namespace } = request;
  const { response } = exchange;
  const options = parsePodLogOptions(name, exchange.query);
  const pod = request.existing();
  const container = containerOf(pod, options.container);
  const { nodeName } = pod.spec ?? {};
  if (!nodeName) {
    response.writeHead(204);
    response.end();
    return;
  }
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  const answer = await cluster.kubelets.open({
    nodeName,
    segments: ['containerLogs', namespace!, name, container],
    query: options.query,
    signal: abort.signal,
  });
  if (answer.statusCode !== 200) {
    throw await refusal(answer, name);
  }
  response.setHeader('content-type', 'text/plain');
  response.writeHead(200);
  if ('flushHeaders' in response) {
    (response as unknown as { flushHeaders(): void }).flushHeaders();
  }
  // Either side may go at any time; then so does the other.
  pipeline(answer, response as unknown as NodeJS.WritableStream, () => {});
}
