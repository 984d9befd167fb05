import { User } from '../access/Authenticator';
import { RoleBasedAccess } from '../access/RoleBasedAccess';
import { KubeObject, Fields } from '../objects/KubeObject';
import { SelectableFields } from '../selectors/fieldSelector';
import { StatusCause } from '../status/StatusError';

/** What a strategy may know of its cluster while it prepares a write. */
export interface WriteContext {
  /** Reads another object of the cluster. */
  get(
    resource: { group: string; resource: string },
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined;
  /** All objects of a resource. */
  list(resource: { group: string; resource: string }): KubeObject[];
  /** Milliseconds since the epoch. */
  now(): number;
  /** Who writes, and how to find out what they may do; nobody where the server writes by itself. */
  requester?: { user: User; access: RoleBasedAccess };
  /** The resource's plural, for messages. */
  resource: { group: string; resource: string };
}

/** A Kubernetes object in another version of its API than the stored one. */
export interface Conversion {
  toStored(object: KubeObject): KubeObject;
  fromStored(object: KubeObject): KubeObject;
}

/**
 * How a kind differs from any other. All hooks get objects that they may change and that have the shape of
 * the kind's schema. Every hook is optional.
 */
export interface Strategy {
  /** What the name has to be; a DNS subdomain by default. */
  name?: 'subdomain' | 'label' | 'dns1035' | 'path';
  /** What an object shows of fields that nobody has set, where the schema does not say it. */
  unset?: Fields;
  /** Fields that are set when the client leaves them out; runs on every write, before validation. */
  setDefaults?(object: KubeObject): void;
  /** Admission and allocation on create; may throw a StatusError. */
  prepareForCreate?(object: KubeObject, context: WriteContext): void;
  /** Admission and allocation on update; may throw a StatusError. */
  prepareForUpdate?(
    object: KubeObject,
    old: KubeObject,
    context: WriteContext,
  ): void;
  /** What is wrong with the object, on create and, with the old one, on update. */
  validate?(object: KubeObject, old?: KubeObject): StatusCause[];
  /** What may not change. */
  validateUpdate?(object: KubeObject, old: KubeObject): StatusCause[];
  /** The part of an object whose change makes a new generation; without it the kind has no generation. */
  generationOf?(object: KubeObject): unknown;
  /** The status of a new object where it is not just `{}`. */
  initialStatus?(object: KubeObject): Fields | undefined;
  /** Finishes an object after a write to `status`. */
  prepareStatus?(
    object: KubeObject,
    old: KubeObject,
    context: WriteContext,
  ): void;
  /** What is wrong after a write to `status`. */
  validateStatus?(object: KubeObject): StatusCause[];
  /** A write to `status` leaves the labels alone too. */
  statusKeepsLabels?: boolean;
  selectable?: SelectableFields;
  /** Warns of a DELETE that does not say what becomes of dependents: this kind leaves them as orphans. */
  orphansUnlessTold?: string;
  /** DELETE answers with the object, not with a Status. */
  returnsDeleted?: boolean;
  /** Seconds that a deletion takes at least to finish (pods): the answer is a marked object; 0 removes at once. */
  gracePeriodSeconds?(object: KubeObject, asked?: number): number;
  /** What a namespace-like kind does in place of being removed; returns the object to store, or undefined to remove. */
  markDeleted?(object: KubeObject): KubeObject | undefined;
  /** Refuses a deletion by throwing. */
  admitDelete?(object: KubeObject, context: WriteContext): void;
  /** Warning that comes with every answer, because clients should use something else. */
  deprecation?: string;
  /** Where the kind is stored as another one. */
  storedAs?: { group: string; resource: string; conversion: Conversion };
}
