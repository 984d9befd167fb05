import { KubeObject } from '../objects/KubeObject';
import { createObject } from '../rest/create';
import { deleteObject } from '../rest/delete';
import { parseDeleteOptions } from '../rest/deleteOptions';
import { encodeList } from '../rest/encode';
import { listObjects } from '../rest/list';
import { parseListOptions } from '../rest/listOptions';
import {
  applyPatch,
  asPatchError,
  checkPatchType,
  patchProblems,
} from '../rest/patch';
import { readObject } from '../rest/readObject';
import { parseSelection } from '../rest/Selection';
import { shownAs } from '../rest/storedType';
import {
  bindPod,
  BINDING,
  ownedScaleOf,
  SCALE,
  writeScale,
} from '../rest/subresources';
import { updateObject } from '../rest/update';
import { parseWriteOptions } from '../rest/writeOptions';
import { badRequest, conflict } from '../status/errors';
import { checkNames } from './checkNames';
import { APPLY_PATCH, handleApply } from './handleApply';
import { mediaTypeOf, parseDeleteBody, parseJson } from './parseBody';
import { readBody } from './readBody';
import { ResourceRequest } from './ResourceRequest';

/** POST to a collection, or of a Binding. */
export async function handleCreate(request: ResourceRequest): Promise<void> {
  const { cluster, type, namespace, exchange } = request;
  const options = parseWriteOptions(exchange.query, 'CreateOptions');
  const isBinding =
    request.subresource === 'binding' || type.resource === 'bindings';
  const object = await readBody(request, isBinding ? BINDING : type, options);
  if (isBinding) {
    const pods = request.podType();
    const name = request.name || object.metadata.name;
    const status = bindPod({
      cluster,
      type: pods,
      namespace: namespace!,
      name,
      binding: object,
      dryRun: options.dryRun,
    });
    await request.sendOther(201, status);
  } else {
    const created = createObject({
      cluster,
      requester: request.user,
      type,
      namespace,
      object,
      dryRun: options.dryRun,
      writer: request.writer(options),
    });
    await request.sendResource(201, created);
  }
}

/** The real server checks the uid of a PUT where it stores, and says so in its own way. */
function checkUid(request: ResourceRequest, next: KubeObject, old: KubeObject) {
  const { uid } = next.metadata;
  if (uid && uid !== old.metadata.uid) {
    const { group, resource } = request.type;
    const key = ['', 'registry', resource, request.namespace, request.name]
      .filter(part => part !== undefined)
      .join('/');
    throw conflict(
      { group, kind: resource, name: request.name },
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
    );
  }
}

/** PUT of an object or of its `status`, `scale` or `finalize`. */
export async function handleUpdate(request: ResourceRequest): Promise<void> {
  const { cluster, type, exchange, subresource } = request;
  const options = parseWriteOptions(exchange.query, 'UpdateOptions');
  const isScale = subresource === 'scale';
  const next = await readBody(request, isScale ? SCALE : type, options);
  checkNames(request, next);
  const old = request.existing();
  if (isScale) {
    const scale = writeScale({
      cluster,
      type,
      old,
      scale: next,
      dryRun: options.dryRun,
      writer: request.writer(options),
    });
    await request.sendScale(scale);
    return;
  }
  checkUid(request, next, old);
  const updated = updateObject({
    cluster,
    requester: request.user,
    type,
    subresource,
    next,
    old,
    dryRun: options.dryRun,
    writer: request.writer(options),
  });
  await request.sendResource(200, updated);
}

/** PATCH of an object or of its `status` or `scale`. */
export async function handlePatch(request: ResourceRequest): Promise<void> {
  const { cluster, type, exchange, subresource } = request;
  const mediaType = mediaTypeOf(exchange.header('content-type'));
  if (mediaType === APPLY_PATCH) {
    await handleApply(request);
    return;
  }
  checkPatchType(mediaType);
  const options = parseWriteOptions(exchange.query, 'PatchOptions');
  const body = await exchange.body();
  const patch = parseJson(body, problem =>
    badRequest(
      mediaType === 'application/strategic-merge-patch+json'
        ? problem
        : `error decoding patch: ${problem}`,
    ),
  );
  const old = request.existing();
  const isScale = subresource === 'scale';
  const bodyType = isScale ? SCALE : type;
  const shown = isScale ? ownedScaleOf(type, old) : shownAs(type, old);
  const patched = applyPatch({
    object: shown,
    mediaType,
    patch,
    definition: bodyType.definition,
  });
  let next: KubeObject;
  try {
    next = readObject({
      type: bodyType,
      data: patched,
      strictProblems: (_, unknownFields) => [
        ...patchProblems(mediaType, body.toString('utf8')),
        ...unknownFields,
      ],
      fieldValidation: options.fieldValidation,
      warn: message => exchange.warn(message),
    });
  } catch (error) {
    throw asPatchError({ error, patched, mediaType, patch });
  }
  checkNames(request, next);
  if (isScale) {
    const scale = writeScale({
      cluster,
      type,
      old,
      scale: next,
      dryRun: options.dryRun,
      writer: request.writer(options),
    });
    await request.sendScale(scale);
    return;
  }
  const updated = updateObject({
    cluster,
    requester: request.user,
    type,
    subresource,
    next,
    old,
    dryRun: options.dryRun,
    writer: request.writer(options),
  });
  await request.sendResource(200, updated);
}

async function readDeleteOptions({ exchange, type }: ResourceRequest) {
  const options = parseDeleteOptions(
    exchange.query,
    parseDeleteBody(await exchange.body(), exchange.header('content-type')),
  );
  const { orphansUnlessTold } = type.strategy;
  if (orphansUnlessTold && !options.propagationPolicy) {
    exchange.warn(orphansUnlessTold);
  }
  return options;
}

/** DELETE of one object. */
export async function handleDelete(request: ResourceRequest): Promise<void> {
  const { cluster, type } = request;
  const options = await readDeleteOptions(request);
  const object = request.existing();
  const result = deleteObject({ cluster, type, object, options });
  if (result.kind === 'Status') {
    await request.sendOther(200, result);
  } else {
    await request.sendResource(200, result as KubeObject);
  }
}

/** DELETE of all objects of a collection that are selected. */
export async function handleDeleteCollection(
  request: ResourceRequest,
): Promise<void> {
  const { cluster, type, namespace, exchange, encoding } = request;
  const options = await readDeleteOptions(request);
  const selection = parseSelection({
    cluster,
    type,
    namespace,
    query: exchange.query,
  });
  const list = listObjects({
    cluster,
    type,
    selection,
    options: parseListOptions(exchange.query),
  });
  for (const object of list.items) {
    deleteObject({ cluster, type, object, options });
  }
  await exchange.sendObject(
    200,
    encodeList(encoding, list),
    encoding.form.format,
  );
}
