import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { RawKubeClient } from '@koala-ops/kube-testing';
import {
  resourcePath,
  WATCHED_RESOURCES,
} from '../../reflector/WatchedResource';

const labels = { app: 'web' };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
};

/** Objects of every kind that Koala follows, as a user would apply them. */
function objectsOf(
  name: string,
  namespace: string,
): Array<[path: string, body: unknown]> {
  const metadata = { name, namespace };
  return [
    [
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
    ],
    [
      `/apis/apps/v1/namespaces/${namespace}/replicasets`,
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata,
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
    ],
    [
      `/api/v1/namespaces/${namespace}/pods`,
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec },
    ],
    [
      `/api/v1/namespaces/${namespace}/services`,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ port: 80 }] },
      },
    ],
    [
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          ...metadata,
          labels: { 'kubernetes.io/service-name': name },
        },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
        ports: [{ port: 80 }],
      },
    ],
  ];
}

/** Sends a request that must succeed. */
export async function send(
  client: RawKubeClient,
  method: string,
  path: string,
  body?: unknown,
  contentType?: string,
): Promise<void> {
  const { status, text } = await client.request(path, {
    method,
    body,
    contentType,
  });
  if (status >= 300) {
    throw new Error(`${method} ${path}: ${status} ${text}`);
  }
}

/** Creates an object of many kinds, all of that name. */
export const create = async (
  client: RawKubeClient,
  name: string,
  namespace = 'shop',
) => {
  for (const [path, body] of objectsOf(name, namespace)) {
    await send(client, 'POST', path, body);
  }
};

/** What the server holds of a kind; in a namespace, or in all. */
export const freshList =
  (client: RawKubeClient, namespace?: string) => async (kind: WatchedKind) => {
    const resource = WATCHED_RESOURCES.find(one => one.kind === kind)!;
    const { status, body } = await client.get(
      resourcePath(resource, resource.namespaced ? namespace : undefined),
    );
    if (status !== 200) {
      throw new Error(`list ${kind}: ${status}`);
    }
    return body.items as unknown[];
  };
