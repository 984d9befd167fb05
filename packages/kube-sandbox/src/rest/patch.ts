import { KubeObject } from '../objects/KubeObject';
import { applyJsonPatch, JsonPatchOperation } from '../patch/jsonPatch';
import { applyMergePatch } from '../patch/mergePatch';
import { applyStrategicMergePatch, Json } from '../patch/strategicMergePatch';
import { strictProblems } from '../schema/strictJson';
import {
  badRequest,
  invalid,
  requestTooLarge,
  unsupportedPatchType,
} from '../status/errors';

import { invalidValue } from '../status/fieldErrors';
import { StatusError } from '../status/StatusError';

/** As many operations as the real server takes. */
const MOST_OPERATIONS = 10_000;
const MERGE_PATCH = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

/** Throws a 415 where a PATCH of that media type is not understood. */
export function checkPatchType(mediaType: string): void {
  if (![MERGE_PATCH, JSON_PATCH, STRATEGIC_MERGE_PATCH].includes(mediaType)) {
    throw unsupportedPatchType();
  }
}

function checkOperations(patch: unknown) {
  const refuse = (value: unknown, type: string) =>
    badRequest(
      `error decoding patch: json: cannot unmarshal ${
        Array.isArray(value) ? 'array' : typeof value
      } into Go value of type ${type}`,
    );
  if (patch === null) {
    return;
  }
  if (!Array.isArray(patch)) {
    throw refuse(patch, '[]handlers.jsonPatchOp');
  }
  const wrong = patch.find(
    operation => typeof operation !== 'object' || Array.isArray(operation),
  );
  if (wrong !== undefined) {
    throw refuse(wrong, 'handlers.jsonPatchOp');
  }
  if (patch.length > MOST_OPERATIONS) {
    throw requestTooLarge(
      `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`,
    );
  }
}

/** Applies the body of a PATCH to an object and returns the unchecked result. */
export function applyPatch(options: {
  object: KubeObject;
  mediaType: string;
  patch: unknown;
  /** The object's type in the schema, for strategic merge. */
  definition: string;
}): unknown {
  const { object, mediaType, patch, definition } = options;
  checkPatchType(mediaType);
  if (mediaType === JSON_PATCH) {
    checkOperations(patch);
    return applyJsonPatch(object, (patch ?? []) as JsonPatchOperation[]);
  }
  if (patch === null) {
    throw badRequest('Invalid JSON Patch');
  }
  if (typeof patch !== 'object' || Array.isArray(patch)) {
    const problem = `json: cannot unmarshal ${
      Array.isArray(patch) ? 'array' : typeof patch
    } into Go value of type map[string]interface {}`;
    throw badRequest(
      mediaType === MERGE_PATCH ? `error decoding patch: ${problem}` : problem,
    );
  }
  if (mediaType === MERGE_PATCH) {
    return applyMergePatch(object, patch);
  }
  return applyStrategicMergePatch({
    target: object,
    patch: patch as Json,
    definition,
  });
}

/** What a strict decoder says against a patch itself. */
export function patchProblems(mediaType: string, text: string): string[] {
  return mediaType === JSON_PATCH
    ? strictProblems(text, '[]patchOperation').map(it => `json patch ${it}`)
    : strictProblems(text, 'untyped');
}

/** A value as Go prints it. */
function goText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(goText).join(' ')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${key}:${goText(field)}`);
    return `map[${fields.join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}

/** Go's words for JSON types where a strategic merge patch is read: it has no text any more. */
const GO_KINDS: Record<string, string> = {
  number: 'int64',
  object: 'map',
  array: 'slice',
};

/** What is said of a value of the wrong type in a strategic merge patch, where the JSON decoder says `detail`. */
function withoutText(detail: string): string {
  const [, found, type] =
    /^json: cannot unmarshal (\w+) into Go \S+ .*of type (\S+)$/.exec(detail) ??
    [];
  if (!type) {
    return detail;
  }
  const kind = GO_KINDS[found] ?? found;
  if (type.startsWith('v1.')) {
    return `cannot restore struct from: ${kind}`;
  }
  if (type.startsWith('[]') || type.startsWith('map[')) {
    return `cannot restore ${
      type.startsWith('[]') ? 'slice' : 'map'
    } from ${kind}`;
  }
  return `unrecognized type: ${type}`;
}

/** A patched object that no longer has the shape of its kind: 422, where a PUT of it would be a 400. */
export function asPatchError(options: {
  error: unknown;
  patched: unknown;
  mediaType: string;
  patch: unknown;
}): unknown {
  const { error, patched, mediaType, patch } = options;
  if (!(error instanceof StatusError) || error.code !== 400) {
    return error;
  }
  const detail = error.message.replace(
    /^\S+ in version "\S+" cannot be handled as a \S+: /,
    '',
  );
  if (detail === error.message) {
    return error;
  }
  const cause =
    mediaType === STRATEGIC_MERGE_PATCH
      ? invalidValue('patch', goText(patch), withoutText(detail))
      : invalidValue('patch', JSON.stringify(patched), detail);
  return invalid({ group: '', kind: '' }, [cause]);
}
