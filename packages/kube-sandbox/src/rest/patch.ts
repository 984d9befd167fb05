import { KubeObject } from '../objects/KubeObject';
import { applyJsonPatch, JsonPatchOperation } from '../patch/jsonPatch';
import { applyMergePatch } from '../patch/mergePatch';
import { applyStrategicMergePatch, Json } from '../patch/strategicMergePatch';
import { badRequest, invalid, unsupportedPatchType } from '../status/errors';
import { invalidValue } from '../status/fieldErrors';
import { StatusError } from '../status/StatusError';

const MERGE_PATCH = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

/** Throws a 415 where a PATCH of that media type is not understood. */
export function checkPatchType(mediaType: string): void {
  if (![MERGE_PATCH, JSON_PATCH, STRATEGIC_MERGE_PATCH].includes(mediaType)) {
    throw unsupportedPatchType();
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
    if (!Array.isArray(patch)) {
      throw badRequest(
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      );
    }
    return applyJsonPatch(object, patch as JsonPatchOperation[]);
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

/** A patched object that no longer has the shape of its kind: 422, where a PUT of it would be a 400. */
export function asPatchError(error: unknown, patched: unknown): unknown {
  if (!(error instanceof StatusError) || error.code !== 400) {
    return error;
  }
  const detail = error.message.replace(
    /^\S+ in version "\S+" cannot be handled as a \S+: /,
    '',
  );
  if (detail === error.message || detail.startsWith('strict decoding')) {
    return error;
  }
  return invalid({ group: '', kind: '' }, [
    invalidValue('patch', JSON.stringify(patched), detail),
  ]);
}
