import { Cluster } from '../apiserver/Cluster';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { ResourceType } from '../registry/Registry';
import { selectorText } from '../selectors/labelSelector';
import { conflict, invalid, notFound } from '../status/errors';
import { invalidValue } from '../status/fieldErrors';
import { Status } from '../status/StatusError';
import { scaleOwners, workloadOwners } from '../managedfields/scaleOwners';
import { ownersAfterWrite, Writer } from './fieldOwners';
import { BodyType } from './readObject';
import { updateObject } from './update';
import { thaw } from '../objects/freeze';

/** The type of the body of the `scale` subresource. */
export const SCALE: BodyType = {
  apiVersion: 'autoscaling/v1',
  kind: 'Scale',
  definition: 'autoscaling.v1.Scale',
  group: 'autoscaling',
};

/** The type of the body of `pods/binding`. */
export const BINDING: BodyType = {
  apiVersion: 'v1',
  kind: 'Binding',
  definition: 'core.v1.Binding',
  group: '',
};

/** A workload as its Scale. */
export function scaleOf(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: SCALE.kind,
    apiVersion: SCALE.apiVersion,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Go leaves a zero out here, but not below.
    spec: object.spec?.replicas ? { replicas: object.spec.replicas } : {},
    status: {
      replicas: object.status?.replicas ?? 0,
      selector: selectorText(object.spec?.selector ?? {}),
    },
  };
}

/** A workload as its Scale, with those who own its replicas; nobody else is told of them. */
export function ownedScaleOf(
  type: ResourceType,
  object: KubeObject,
): KubeObject {
  const scale = scaleOf(object);
  const managedFields = scaleOwners(
    type.apiVersion,
    object.metadata.managedFields,
  );
  return {
    ...scale,
    metadata: { ...scale.metadata, ...(managedFields && { managedFields }) },
  };
}

/** Sets a workload's replicas from a Scale; returns the new Scale. */
export function writeScale(options: {
  cluster: Cluster;
  type: ResourceType;
  old: KubeObject;
  scale: KubeObject;
  dryRun: boolean;
  writer: Writer;
  /** Who owns the fields of the Scale after it, where that is known. */
  owners?: { managedFields: Fields[] | undefined };
}): KubeObject {
  const { cluster, type, old, scale, dryRun, writer } = options;
  const before = ownedScaleOf(type, old);
  const replicas = scale.spec?.replicas ?? 0;
  const owners = options.owners
    ? options.owners.managedFields
    : ownersAfterWrite({
        type: SCALE,
        subresource: 'scale',
        before,
        // A Scale to nothing shows no replicas.
        after: replicas === 0 ? { ...scale, spec: {} } : scale,
        writer,
      });
  if (replicas < 0) {
    throw invalid(
      { group: SCALE.group, kind: SCALE.kind, name: old.metadata.name },
      [
        invalidValue(
          'spec.replicas',
          replicas,
          'must be greater than or equal to 0',
        ),
      ],
    );
  }
  const next = thaw(old);
  next.metadata.resourceVersion = scale.metadata.resourceVersion;
  next.metadata.uid = scale.metadata.uid;
  next.spec = { ...next.spec, replicas };
  const managedFields = workloadOwners({
    apiVersion: type.apiVersion,
    workload: old.metadata.managedFields,
    scale: owners,
  });
  return scaleOf(
    updateObject({
      cluster,
      type,
      next,
      old,
      dryRun,
      writer,
      owners: { managedFields },
    }),
  );
}

const TOPOLOGY_LABELS = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
];

/** Where a node stands, which admission writes to the pods that are bound to it. */
function topologyOf(cluster: Cluster, node: string): Record<string, string> {
  const labels =
    cluster.store.get('/nodes', undefined, node)?.metadata.labels ?? {};
  return Object.fromEntries(
    TOPOLOGY_LABELS.filter(label => labels[label]).map(label => [
      label,
      labels[label],
    ]),
  );
}

/** Gives a pod its node; a 409 where it has one. */
export function bindPod(options: {
  cluster: Cluster;
  type: ResourceType;
  namespace: string;
  name: string;
  binding: KubeObject;
  dryRun: boolean;
}): Status {
  const { cluster, type, namespace, name, binding, dryRun } = options;
  const pod = cluster.store.get(type.storedIn, namespace, name);
  if (!pod) {
    throw notFound({ group: '', kind: 'pods', name });
  }
  const node = binding.target?.name;
  if (!node) {
    throw invalid({ group: '', kind: 'Binding', name }, [
      {
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: 'target.name',
      },
    ]);
  }
  const refuse = (message: string) =>
    conflict({ group: '', kind: 'pods/binding', name }, message);
  if (pod.metadata.deletionTimestamp) {
    throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (pod.spec?.nodeName) {
    throw refuse(
      `pod ${name} is already assigned to node ${JSON.stringify(
        pod.spec.nodeName,
      )}`,
    );
  }
  const conditions: Fields[] = (pod.status?.conditions ?? []).filter(
    (condition: Fields) => condition.type !== 'PodScheduled',
  );
  if (!dryRun) {
    const labels = { ...topologyOf(cluster, node), ...pod.metadata.labels };
    cluster.store.put(type.storedIn, {
      ...pod,
      metadata: {
        ...pod.metadata,
        ...(Object.keys(labels).length > 0 && { labels }),
      },
      spec: { ...pod.spec, nodeName: node },
      status: {
        ...pod.status,
        conditions: [
          ...conditions,
          {
            type: 'PodScheduled',
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: toTimestamp(cluster.clock.now()),
          },
        ],
      },
    });
  }
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  };
}
