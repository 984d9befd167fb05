import { randomUUID } from 'node:crypto';
import { RawObject } from './FaultServer';

/** A pod as an API server would send it. */
export function rawPod(
  name: string,
  options: {
    namespace?: string;
    image?: string;
    ready?: boolean;
    uid?: string;
    owner?: string;
  } = {},
): RawObject {
  const { namespace = 'shop', image = 'web:1', ready = true } = options;
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace,
      uid: options.uid ?? randomUUID(),
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: name },
      managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:status': {} } }],
      ...(options.owner && {
        ownerReferences: [
          {
            kind: 'ReplicaSet',
            apiVersion: 'apps/v1',
            name: 'rs',
            uid: options.owner,
            controller: true,
          },
        ],
      }),
    },
    spec: { containers: [{ name: 'web', image }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'web', image, ready, restartCount: 0, state: {} },
      ],
    },
  };
}

/** A namespace as an API server would send it. */
export function rawNamespace(name: string): RawObject {
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { name, uid: randomUUID() },
    status: { phase: 'Active' },
  };
}
