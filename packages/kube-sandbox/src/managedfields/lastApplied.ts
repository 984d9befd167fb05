import { KubeObject } from '../objects/KubeObject';
import { compareValues } from './compareValues';
import { fieldsOfValue } from './fieldsOfValue';
import { difference, FieldTree, isEmpty, NO_FIELDS } from './FieldTree';
import { FieldConflicts } from './FieldConflicts';
import { typedProblem } from './validateTyped';
import { Topology } from './Topology';

/** The manager whose applies take over from kubectl's older, client-side apply. */
export const KUBECTL = 'kubectl';
const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** The fields that client-side apply set and nobody has changed since; undefined where it did not make the object. */
function stillAsApplied(
  topology: Topology,
  live: KubeObject,
): FieldTree | undefined {
  const annotation = live.metadata.annotations?.[ANNOTATION];
  let applied: any;
  try {
    applied = JSON.parse(annotation ?? '');
  } catch {
    return undefined;
  }
  if (
    applied?.apiVersion !== live.apiVersion ||
    typedProblem(topology, applied) !== undefined
  ) {
    return undefined;
  }
  const { added, modified, removed } =
    compareValues(topology, applied, live) ?? {};
  return [modified, added, removed].reduce<FieldTree>(
    (set, other) => difference(set, other ?? NO_FIELDS),
    fieldsOfValue(topology, applied),
  );
}

/**
 * What is left of the conflicts of kubectl's server-side apply where its client-side apply set the fields before: nothing
 * (undefined), or the conflicts about what has been changed since.
 */
export function conflictsBeyondLastApplied(options: {
  error: FieldConflicts;
  topology: Topology;
  live: KubeObject;
}): FieldConflicts | undefined {
  const { error, topology, live } = options;
  const allowed = stillAsApplied(topology, live);
  if (!allowed) {
    return error;
  }
  const left = error.conflicts
    .map(conflict => ({
      ...conflict,
      fields: difference(conflict.fields, allowed),
    }))
    .filter(({ fields }) => !isEmpty(fields));
  return left.length > 0 ? new FieldConflicts(left) : undefined;
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
};

/** Keeps the annotation of client-side apply up to date, so that older clients can go on from it. */
export function withLastApplied(
  object: KubeObject,
  applied: KubeObject,
): KubeObject {
  if (!object.metadata.annotations?.[ANNOTATION]) {
    return object;
  }
  const { [ANNOTATION]: own, ...annotations } =
    applied.metadata.annotations ?? {};
  const text = JSON.stringify(
    sorted({
      ...applied,
      metadata: {
        ...applied.metadata,
        ...(applied.metadata.annotations && { annotations }),
      },
    }),
  );
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...object.metadata.annotations,
        [ANNOTATION]: `${text}\n`,
      },
    },
  };
}
