import { Fields, KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { equalValues } from '../managedfields/compareValues';
import { FieldTree } from '../managedfields/FieldTree';
import {
  clearsManagers,
  Managers,
  readManagers,
  writeManagers,
} from '../managedfields/Managers';
import { Ownership, VersionedObject } from '../managedfields/ownership';
import { resetFields } from '../managedfields/resetFields';
import { topologyOfDefinition } from '../managedfields/Topology';
import { trackUpdate } from '../managedfields/trackUpdate';
import { unsetObject } from '../managedfields/unsetObject';
import { BodyType } from './readObject';

/** Who writes and when, for the owners of the fields that are written. */
export interface Writer {
  /** Name of the field manager. */
  manager: string;
  /** RFC 3339 with seconds. */
  time: string;
}

/** A type of objects whose owners are told: a resource, or a document such as Scale that has one version only. */
export type OwnedType = ResourceType | BodyType;

const isResource = (type: OwnedType): type is ResourceType =>
  'storedIn' in type;

/**
 * An object in the version in which a manager owns fields of it. No kind is served in two versions of one group, and the
 * real server does not follow owners from one group (`v1`) to another (`events.k8s.io/v1`): it forgets them.
 */
function convert(
  type: OwnedType,
  object: KubeObject,
  apiVersion: string,
): VersionedObject | undefined {
  return apiVersion === type.apiVersion
    ? { topology: topologyOfDefinition(type.definition), object }
    : undefined;
}

/** How the fields of a type are owned as a request sees them. */
export function ownershipOf(type: OwnedType, reset: FieldTree): Ownership {
  return {
    apiVersion: type.apiVersion,
    convert: (object, apiVersion) => convert(type, object, apiVersion),
    reset,
  };
}

/** An object of a type that nobody has written yet. */
export function newObject(type: OwnedType): KubeObject {
  const strategy = isResource(type) ? type.strategy : undefined;
  const object = {
    kind: type.kind,
    apiVersion: type.apiVersion,
    ...unsetObject(type.definition),
  } as KubeObject;
  return strategy?.unset ? { ...object, ...strategy.unset } : object;
}

/** Reads owners; nobody where they cannot be understood. */
export function ownersOf(managedFields: readonly Fields[] | undefined) {
  try {
    return readManagers(managedFields);
  } catch {
    return new Map() as Managers;
  }
}

/** The owners that a write starts from: those that the client sends along, else those of the live object. */
function startingOwners(
  live: readonly Fields[] | undefined,
  given: readonly Fields[] | undefined,
): Managers {
  if (clearsManagers(given)) {
    return new Map();
  }
  if (given && !equalValues(given, live)) {
    const managers = ownersOf(given);
    if (managers.size > 0) {
      return managers;
    }
  }
  return ownersOf(live);
}

/**
 * The `managedFields` of an object after a create, update or patch. `before` (undefined for a create) and `after` are as the
 * request's version shows them, before the server sets anything but defaults.
 */
export function ownersAfterWrite(options: {
  type: OwnedType;
  subresource?: string;
  before?: KubeObject;
  after: KubeObject;
  /** `managedFields` of the request. */
  given?: readonly Fields[];
  writer: Writer;
}): Fields[] | undefined {
  const { type, subresource, before, after, given, writer } = options;
  const managers = startingOwners(
    before?.metadata.managedFields,
    subresource ? undefined : given,
  );
  if (before && managers.size === 0) {
    // Nobody follows the owners of this object, until it is applied.
    return undefined;
  }
  try {
    trackUpdate({
      ownership: ownershipOf(
        type,
        isResource(type) ? resetFields(type, subresource) : {},
      ),
      before: before ?? newObject(type),
      after,
      managers,
      manager: writer.manager,
      subresource,
      time: writer.time,
    });
  } catch {
    // What cannot be followed (a null in a set) is written all the same, as by the real server.
    return undefined;
  }
  return writeManagers(managers);
}
