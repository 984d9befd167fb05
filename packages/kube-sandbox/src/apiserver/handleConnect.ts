import { containerOf } from '../rest/podLog';
import { badRequest } from '../status/errors';
import { StatusError } from '../status/StatusError';
import { ResourceRequest } from './ResourceRequest';

/**
 * `exec`, `attach` and `portforward`: refused as the real server refuses them where the kubelet does not offer them,
 * because simulated containers hold no programs.
 */
export async function handleConnect(request: ResourceRequest): Promise<void> {
  const { exchange, cluster, name, namespace, subresource } = request;
  const pod = request.existing();
  const container =
    subresource === 'portforward'
      ? []
      : [containerOf(pod, exchange.query.get('container') ?? undefined)];
  const { nodeName } = pod.spec ?? {};
  if (!nodeName) {
    throw badRequest(`pod ${name} does not have a host assigned`);
  }
  if (!exchange.header('upgrade')) {
    throw badRequest('Upgrade request required');
  }
  const kind = subresource === 'portforward' ? 'portForward' : subresource!;
  const { status, text } = await cluster.kubelets.ask({
    nodeName,
    segments: [kind, namespace!, name, ...container],
    method: 'POST',
  });
  await exchange.sendText(status, text);
}

/** `proxy`: there is nothing behind a simulated pod's address. */
export async function handleProxy(request: ResourceRequest): Promise<void> {
  const { podIP } = request.existing().status ?? {};
  if (!podIP) {
    throw badRequest('address not allowed');
  }
  throw new StatusError({
    code: 503,
    reason: 'ServiceUnavailable',
    message: `error trying to reach service: dial tcp ${podIP}:80: connect: connection refused`,
  });
}
