import { authorize } from '../access/authorize';
import { Fields, KubeObject } from '../objects/KubeObject';
import { applyObject, ApplyResult } from '../rest/applyObject';
import { createObject } from '../rest/create';
import { OwnedType } from '../rest/fieldOwners';
import { BodyType, readObject } from '../rest/readObject';
import { shownAs } from '../rest/storedType';
import { ownedScaleOf, SCALE, writeScale } from '../rest/subresources';
import { updateObject } from '../rest/update';
import { parseWriteOptions, WriteOptions } from '../rest/writeOptions';
import { badRequest, conflict, internalError } from '../status/errors';
import { StatusError } from '../status/StatusError';
import { checkNames } from './checkNames';
import { parseApplied } from './parseApplied';
import { ResourceRequest } from './ResourceRequest';

/** The media type of server-side apply. */
export const APPLY_PATCH = 'application/apply-patch+yaml';

function reportDuplicates(
  { exchange }: ResourceRequest,
  { fieldValidation }: WriteOptions,
  duplicates: readonly string[],
) {
  if (duplicates.length === 0) {
    return;
  }
  if (fieldValidation === 'Strict') {
    throw badRequest(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n${duplicates
        .map(problem => `  ${problem}`)
        .join('\n')}`,
    );
  } else if (fieldValidation === 'Warn') {
    duplicates.forEach(problem => exchange.warn(problem));
  }
}

/** The merged object as its kind has it. */
function readApplied(
  type: OwnedType & BodyType,
  { object }: ApplyResult,
): KubeObject {
  try {
    return readObject({ type, data: object });
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    const { namespace = '', name = '' } = object.metadata ?? {};
    const detail = error.message.replace(
      /^\S+ in version "\S+" cannot be handled as a \S+: /,
      '',
    );
    const kind = `${type.apiVersion.includes('/') ? '' : '/'}${
      type.apiVersion
    }, Kind=${type.kind}`;
    throw internalError(
      `failed to convert new object (${namespace}/${name}; ${kind}) to proper version: unable to convert unstructured object to ${kind}: ${detail}`,
    );
  }
}

/** Creates what is applied and does not exist yet. */
async function createApplied(
  request: ResourceRequest,
  options: WriteOptions,
  applied: Fields,
  checkDuplicates: () => void,
): Promise<void> {
  const { cluster, type, namespace, name, user } = request;
  const writer = request.writer(options);
  const { force, dryRun } = options;
  const result = applyObject({ type, applied, force, writer, faults: {} });
  checkDuplicates();
  const object = readApplied(type, result);
  if (object.metadata.uid) {
    throw conflict(
      { group: type.group, kind: type.resource, name },
      `uid mismatch: the provided object specified uid ${object.metadata.uid}, and no existing object was found`,
    );
  }
  checkNames(request, object);
  const { group, resource } = type;
  authorize(cluster.access, user, {
    verb: 'create',
    group,
    resource,
    namespace,
    name,
  });
  // A version that the applier expects is of no interest where there is none.
  delete (object.metadata as Partial<KubeObject['metadata']>).resourceVersion;
  const created = createObject({
    cluster,
    requester: user,
    type,
    namespace,
    object,
    dryRun,
    writer,
    owners: result,
  });
  await request.sendResource(201, created);
}

/** Server-side apply of an object, its `status` or its `scale`. */
export async function handleApply(request: ResourceRequest): Promise<void> {
  const { cluster, type, exchange, subresource, namespace, name } = request;
  const options = parseWriteOptions(exchange.query, 'PatchOptions', true);
  const { force, dryRun } = options;
  const { applied, duplicates } = parseApplied(await exchange.body());
  // Told after everything else that may be wrong with it.
  const checkDuplicates = () => reportDuplicates(request, options, duplicates);
  if (!subresource && !cluster.store.get(type.storedIn, namespace, name)) {
    await createApplied(request, options, applied, checkDuplicates);
    return;
  }
  const old = request.existing();
  const isScale = subresource === 'scale';
  const bodyType = isScale ? SCALE : type;
  const writer = request.writer(options);
  const owners = applyObject({
    type: bodyType,
    subresource,
    live: isScale ? ownedScaleOf(type, old) : shownAs(type, old),
    applied,
    force,
    writer,
    faults: cluster.faults,
  });
  checkDuplicates();
  const next = readApplied(bodyType, owners);
  checkNames(request, next);
  const write = { cluster, type, old, dryRun, writer, owners };
  if (isScale) {
    await request.sendScale(writeScale({ ...write, scale: next }));
  } else {
    await request.sendResource(
      200,
      updateObject({ ...write, subresource, next, requester: request.user }),
    );
  }
}
