import { Faults } from '../apiserver/Faults';
import { Fields, KubeObject } from '../objects/KubeObject';
import { FieldConflicts } from '../managedfields/FieldConflicts';
import {
  conflictsBeyondLastApplied,
  KUBECTL,
  withLastApplied,
} from '../managedfields/lastApplied';
import {
  Managers,
  readManagers,
  writeManagers,
} from '../managedfields/Managers';
import { Ownership } from '../managedfields/ownership';
import { resetFields } from '../managedfields/resetFields';
import { Topology, topologyOfDefinition } from '../managedfields/Topology';
import { Applied, trackApply } from '../managedfields/trackApply';
import { trackUpdate } from '../managedfields/trackUpdate';
import { typedProblem } from '../managedfields/validateTyped';
import { badRequest, internalError } from '../status/errors';
import { newObject, OwnedType, ownershipOf, Writer } from './fieldOwners';

/** The manager of all fields of an object that nobody followed before it was applied. */
const BEFORE_APPLY = 'before-first-apply';

/** An apply of a whole object or of a subresource. */
export interface ApplyRequest {
  type: OwnedType;
  subresource?: string;
  /** As the request's version shows it; undefined where it is to be created. */
  live?: KubeObject;
  /** The parsed body. */
  applied: Fields;
  force: boolean;
  writer: Writer;
  /** Ways to be wrong on purpose. */
  faults: Pick<Faults, 'applyForgetsNothing' | 'applyTakesAll'>;
}

/** What an apply makes of an object, not yet read as its kind. */
export interface ApplyResult {
  object: KubeObject;
  managedFields: Fields[] | undefined;
}

function kindText(applied: Fields): string {
  const apiVersion = String(applied.apiVersion ?? '');
  const parts = apiVersion.split('/');
  const [group, version] = parts.length > 1 ? parts : ['', apiVersion];
  return `${group}/${version}, Kind=${applied.kind ?? ''}`;
}

function checkApplied({ type, applied }: ApplyRequest) {
  if (applied.kind !== type.kind || applied.apiVersion !== type.apiVersion) {
    throw badRequest(`invalid object type: ${kindText(applied)}`);
  }
  const managedFields = applied.metadata?.managedFields;
  if (managedFields !== undefined && managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const problem = typedProblem(topologyOfDefinition(type.definition), applied);
  if (problem) {
    const { namespace = '', name = '' } = applied.metadata ?? {};
    const shown = [namespace, name].map(text =>
      typeof text === 'string' ? text : '',
    );
    throw internalError(
      `failed to create typed patch object (${shown[0]}/${shown[1]}; ${kindText(
        applied,
      )}): ${problem}`,
    );
  }
}

function withoutManagers(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata ?? {};
  return { ...object, metadata: metadata as KubeObject['metadata'] };
}

function applyOnce(options: {
  request: ApplyRequest;
  ownership: Ownership;
  topology: Topology;
  live: KubeObject;
  managers: Managers;
  force: boolean;
}): Applied {
  const { request, ...rest } = options;
  const { applied, writer, subresource, faults } = request;
  return trackApply({
    removesLeftOut: !faults.applyForgetsNothing,
    ...rest,
    applied: applied as KubeObject,
    manager: writer.manager,
    subresource,
    time: writer.time,
  });
}

/**
 * Server-side apply: merges the applied object into the live one and says who owns what after it. Throws the StatusError of
 * the real server where the body does not fit, or where others own what is applied and `force` is not set.
 */
export function applyObject(request: ApplyRequest): ApplyResult {
  const { type, subresource, writer } = request;
  checkApplied(request);
  const topology = topologyOfDefinition(type.definition);
  const ownership = ownershipOf(
    type,
    'storedIn' in type ? resetFields(type, subresource) : {},
  );
  const live = withoutManagers(request.live ?? newObject(type));
  const managers = readManagers(request.live?.metadata.managedFields);
  if (managers.size === 0) {
    trackUpdate({
      ownership,
      before: newObject(type),
      after: live,
      managers,
      manager: BEFORE_APPLY,
      subresource,
      time: writer.time,
    });
  }
  const attempt = { request, ownership, topology, live, managers };
  let result: Applied;
  try {
    const force = request.force || request.faults.applyTakesAll === true;
    result = applyOnce({ ...attempt, force });
  } catch (error) {
    if (!(error instanceof FieldConflicts) || writer.manager !== KUBECTL) {
      throw error;
    }
    const left = conflictsBeyondLastApplied({ error, topology, live });
    if (left) {
      throw left;
    }
    result = applyOnce({ ...attempt, force: true });
  }
  const object = result.object ?? live;
  return {
    object:
      writer.manager === KUBECTL
        ? withLastApplied(object, request.applied as KubeObject)
        : object,
    managedFields: writeManagers(result.managers),
  };
}
