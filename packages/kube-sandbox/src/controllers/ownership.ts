import {
  ApiClient,
  ApiError,
  KubeObject,
  LabelSelector,
  OwnerReference,
  Resource,
  apiVersionOf,
} from '../client';
import { selects } from './labels';

/** The owner that manages this object. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** The reference by which `owner` manages what it creates. */
export function controllerReference<T extends KubeObject>(
  owner: T,
  resource: Resource<T>,
): OwnerReference {
  return {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    name: owner.metadata.name ?? '',
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/**
 * The objects that `owner` manages: those it controls and still selects, and orphans that it selects,
 * which it adopts. Objects it controls but selects no longer are released.
 */
export async function claim<
  O extends KubeObject,
  T extends KubeObject,
>(options: {
  client: ApiClient;
  owner: O;
  ownerResource: Resource<O>;
  selector: LabelSelector;
  resource: Resource<T>;
  candidates: T[];
  /** Put on what is adopted, taken off what is released. */
  finalizer?: string;
}): Promise<T[]> {
  const { owner, selector, candidates } = options;
  const claimed: T[] = [];
  for (const object of candidates) {
    const controller = controllerOf(object);
    const selected = selects(selector, object.metadata.labels);
    if (controller) {
      if (controller.uid === owner.metadata.uid) {
        if (selected) {
          claimed.push(object);
        } else if (!owner.metadata.deletionTimestamp) {
          await release(options, object);
        }
      }
    } else if (
      selected &&
      !owner.metadata.deletionTimestamp &&
      !object.metadata.deletionTimestamp
    ) {
      const adopted = await adopt(options, object);
      if (adopted) {
        claimed.push(adopted);
      }
    }
  }
  return claimed;
}

async function adopt<O extends KubeObject, T extends KubeObject>(
  options: {
    client: ApiClient;
    owner: O;
    ownerResource: Resource<O>;
    resource: Resource<T>;
    finalizer?: string;
  },
  object: T,
): Promise<T | undefined> {
  const { client, owner, ownerResource, resource, finalizer } = options;
  // The cache may lag behind a deletion of the owner, which must not gather children any more.
  const fresh = await client.get(ownerResource, {
    namespace: owner.metadata.namespace,
    name: owner.metadata.name ?? '',
  });
  if (
    fresh.metadata.uid !== owner.metadata.uid ||
    fresh.metadata.deletionTimestamp
  ) {
    return undefined;
  }
  const { ownerReferences = [], finalizers = [] } = object.metadata;
  return setOwners(
    client,
    resource,
    object,
    [...ownerReferences, controllerReference(owner, ownerResource)],
    finalizer && !finalizers.includes(finalizer)
      ? [...finalizers, finalizer]
      : undefined,
  );
}

async function release<O extends KubeObject, T extends KubeObject>(
  options: {
    client: ApiClient;
    owner: O;
    resource: Resource<T>;
    finalizer?: string;
  },
  object: T,
): Promise<void> {
  const { client, owner, resource, finalizer } = options;
  const others = (object.metadata.ownerReferences ?? []).filter(
    reference => reference.uid !== owner.metadata.uid,
  );
  const { finalizers = [] } = object.metadata;
  await setOwners(
    client,
    resource,
    object,
    others,
    finalizer && finalizers.includes(finalizer)
      ? finalizers.filter(name => name !== finalizer)
      : undefined,
  );
}

/** Undefined where the object is gone; `finalizers` replace its own. */
export async function setOwners<T extends KubeObject>(
  client: ApiClient,
  resource: Resource<T>,
  object: T,
  ownerReferences: OwnerReference[],
  finalizers?: string[],
): Promise<T | undefined> {
  const { namespace, name = '', uid, resourceVersion } = object.metadata;
  try {
    return await client.patch<T>(
      resource,
      { namespace, name },
      { metadata: { uid, resourceVersion, ownerReferences, finalizers } },
    );
  } catch (error) {
    if (ApiError.is(error, 404)) {
      return undefined;
    }
    throw error;
  }
}
