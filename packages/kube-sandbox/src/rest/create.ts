import { User } from '../access/Authenticator';
import { randomUUID } from 'node:crypto';
import { Cluster } from '../apiserver/Cluster';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { generateName } from '../registry/generateName';
import { ResourceType } from '../registry/Registry';
import {
  alreadyExists,
  badRequest,
  forbidden,
  internalError,
  invalid,
  notFound,
} from '../status/errors';
import { ownersAfterWrite, Writer } from './fieldOwners';
import { shownAs, storedType } from './storedType';
import { validateMetadata } from './validateMetadata';

function checkNamespace(
  cluster: Cluster,
  type: ResourceType,
  object: KubeObject,
) {
  const { namespace, name } = object.metadata;
  if (!type.namespaced) {
    return;
  }
  const found = cluster.store.get('/namespaces', undefined, namespace!);
  if (!found) {
    throw notFound({ group: '', kind: 'namespaces', name: namespace });
  }
  if (found.metadata.deletionTimestamp) {
    throw forbidden(
      { group: type.group, kind: type.resource, name },
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    );
  }
}

/** The object with the metadata that only the server sets, in the order in which it is usually shown. */
function stampMetadata(
  cluster: Cluster,
  type: ResourceType,
  object: KubeObject,
) {
  const { metadata } = object;
  const name =
    metadata.name ||
    (metadata.generateName
      ? generateName(metadata.generateName, below => cluster.random(below))
      : '');
  object.metadata = {
    name,
    ...(metadata.generateName && { generateName: metadata.generateName }),
    ...(type.namespaced && { namespace: metadata.namespace }),
    uid: randomUUID(),
    resourceVersion: '',
    ...(type.strategy.generationOf && { generation: 1 }),
    creationTimestamp: toTimestamp(cluster.clock.now()),
    ...(metadata.labels && { labels: metadata.labels }),
    ...(metadata.annotations && { annotations: metadata.annotations }),
    ...(metadata.ownerReferences && {
      ownerReferences: metadata.ownerReferences,
    }),
    ...(metadata.finalizers && { finalizers: metadata.finalizers }),
  };
}

/** Creates an object that has been read from a body; throws the StatusError of the real server where it may not be. */
export function createObject(options: {
  cluster: Cluster;
  type: ResourceType;
  namespace?: string;
  object: KubeObject;
  dryRun: boolean;
  /** Who asks for it; the server itself where nobody does. */
  requester?: User;
  writer: Writer;
  /** Who owns what, where that is known; by default the writer owns all that is given. */
  owners?: { managedFields: Fields[] | undefined };
}): KubeObject {
  const { cluster, type: asked, namespace, writer } = options;
  const dryRun = options.dryRun && !cluster.faults.dryRunWrites;
  const { metadata } = options.object;
  const { managedFields: given } = metadata;
  if (
    asked.namespaced &&
    metadata.namespace &&
    metadata.namespace !== namespace
  ) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  metadata.namespace = asked.namespaced ? namespace : undefined;
  const { type, object } = storedType(asked, options.object);
  checkNamespace(cluster, asked, object);
  if (metadata.resourceVersion) {
    throw internalError(
      'resourceVersion should not be set on objects to be created',
    );
  }
  const { strategy } = type;
  stampMetadata(cluster, type, object);
  strategy.setDefaults?.(object);
  const managedFields = options.owners
    ? options.owners.managedFields
    : ownersAfterWrite({
        type: asked,
        after: shownAs(asked, object),
        given,
        writer,
      });
  if (managedFields) {
    object.metadata.managedFields = managedFields;
  }
  if (type.subresources.has('status')) {
    const status = strategy.initialStatus ? strategy.initialStatus(object) : {};
    delete object.status;
    object.status = status;
  }
  strategy.prepareForCreate?.(
    object,
    cluster.writeContext(type, options.requester),
  );
  const causes = [
    ...validateMetadata(type, object),
    ...(strategy.validate?.(object) ?? []),
  ];
  const { name } = object.metadata;
  if (causes.length > 0) {
    throw invalid({ group: asked.group, kind: asked.kind, name }, causes);
  }
  const taken = cluster.store.get(
    type.storedIn,
    object.metadata.namespace,
    name,
  );
  if (taken) {
    throw alreadyExists(
      { group: asked.group, kind: asked.resource, name },
      taken.metadata.deletionTimestamp !== undefined,
    );
  }
  if (dryRun) {
    const { resourceVersion, ...rest } = object.metadata;
    return { ...object, metadata: rest as KubeObject['metadata'] };
  }
  return cluster.store.put(type.storedIn, object);
}
