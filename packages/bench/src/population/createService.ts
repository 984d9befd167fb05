import { createHash } from 'node:crypto';
import { ClusterClient } from '../clusters/ClusterClient';
import { endpointSlice, exposure } from './exposureObjects';
import { Owner } from './owner';
import { pod, podName, podStatus } from './podObjects';
import { BenchService } from './serviceNames';
import {
  deployment,
  deploymentStatus,
  REPLICAS,
  replicaSet,
  replicaSetStatus,
  REVISIONS,
} from './workloadObjects';

type Body = { metadata: { name: string; namespace: string } };

/** Writes what the controllers and the kubelet would have written for one service after five rollouts. */
export async function createService(options: {
  client: ClusterClient;
  service: BenchService;
  /** Place among the services; makes its pods' addresses. */
  ordinal: number;
  /** When its pods became ready, in RFC 3339. */
  time: string;
}): Promise<void> {
  const { client, service, ordinal, time } = options;
  const create = creatorFor(client);
  const newest = hashOf(service, REVISIONS);

  const deployed = await create({
    in: '/apis/apps/v1',
    plural: 'deployments',
    body: deployment(service),
    manager: 'kubectl-client-side-apply',
    status: deploymentStatus({
      time,
      newest: `${service.name}-${newest}`,
    }),
  });

  let current: Owner = deployed;
  for (let revision = 1; revision <= REVISIONS; revision++) {
    current = await create({
      in: '/apis/apps/v1',
      plural: 'replicasets',
      body: replicaSet({
        service,
        revision,
        hash: hashOf(service, revision),
        owner: deployed,
      }),
      status: replicaSetStatus(revision),
    });
  }

  const pods = [];
  for (let index = 0; index < REPLICAS; index++) {
    const address = `10.${100 + index}.${ordinal >> 8}.${ordinal & 255}`;
    await create({
      in: '/api/v1',
      plural: 'pods',
      body: pod({ service, index, hash: newest, owner: current }),
      statusManager: 'kubelet',
      status: podStatus({ service, time, address }),
    });
    pods.push({ name: podName({ service, hash: newest, index }), address });
  }

  const exposed = await create({
    in: '/api/v1',
    plural: 'services',
    body: exposure(service),
    manager: 'kubectl-client-side-apply',
  });
  await create({
    in: '/apis/discovery.k8s.io/v1',
    plural: 'endpointslices',
    body: endpointSlice({ service, owner: exposed, pods }),
  });
}

/** Looks like a pod-template-hash and is the same in every run. */
function hashOf(service: BenchService, revision: number): string {
  return createHash('sha256')
    .update(`${service.name}/${revision}`)
    .digest('hex')
    .slice(0, 10);
}

function creatorFor(client: ClusterClient) {
  return async (options: {
    in: string;
    plural: string;
    body: Body;
    manager?: string;
    status?: object;
    statusManager?: string;
  }): Promise<Owner> => {
    const { body, plural, status } = options;
    const manager = options.manager ?? 'kube-controller-manager';
    const path = `${options.in}/namespaces/${body.metadata.namespace}/${plural}`;
    const created = await client.send<Owner>({
      method: 'POST',
      path: `${path}?fieldManager=${manager}`,
      body,
    });
    if (!status) {
      return created;
    }
    return client.send<Owner>({
      method: 'PUT',
      path: `${path}/${body.metadata.name}/status?fieldManager=${
        options.statusManager ?? 'kube-controller-manager'
      }`,
      body: { ...created, status },
    });
  };
}
