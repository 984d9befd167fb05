import { KubeObject } from '../objects/KubeObject';
import { decode, DecodeError } from '../schema/decode';
import { definitionOfKind } from '../schema/schema';
import { badRequest } from '../status/errors';
import { FieldValidation } from './writeOptions';

/** The type that a body is read as: a resource's own, or that of a subresource such as Scale. */
export interface BodyType {
  apiVersion: string;
  kind: string;
  definition: string;
  group: string;
}

const isEmptyList = (value: unknown) =>
  Array.isArray(value) && value.length === 0;

/** `rbac` of `rbac.authorization.k8s.io`: where Go keeps the types of a group. */
const goPackage = ({ group }: BodyType) => group.split('.')[0] || 'core';

function refuse({ kind }: BodyType, found: KubeObject, detail: string) {
  const version = found.apiVersion.split('/').pop();
  return badRequest(
    `${found.kind} in version "${version}" cannot be handled as a ${kind}: ${detail}`,
  );
}

/** YAML's reader tells all its faults in one message. */
function eachFault(problem: string): string[] {
  const [first, ...lines] = problem.split('\n  ');
  return lines.length > 0 ? lines : [first];
}

function checkKind(type: BodyType, found: KubeObject) {
  if (found.kind === type.kind && found.apiVersion === type.apiVersion) {
    return;
  }
  const version = found.apiVersion.split('/').pop();
  if (!definitionOfKind(found.apiVersion, found.kind)) {
    throw refuse(
      type,
      found,
      `no kind "${found.kind}" is registered for version "${found.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  throw refuse(
    type,
    found,
    `converting (${version}.${found.kind}) to (${goPackage(type)}.${
      type.kind
    }): unknown conversion`,
  );
}

/**
 * Reads parsed JSON as an object of a type: checks kind and shape, and drops what the type does not have.
 * What a strict decoder says against it, which is that it has unknown fields unless `strictProblems` knows better,
 * is a 400 with `Strict`, and handed to `warn` with `Warn`.
 */
export function readObject(options: {
  type: BodyType;
  data: unknown;
  fieldValidation?: FieldValidation;
  warn?: (message: string) => void;
  strictProblems?: (definition: string, unknownFields: string[]) => string[];
}): KubeObject {
  const {
    type,
    data,
    fieldValidation = 'Ignore',
    warn,
    strictProblems = (_, unknownFields) => unknownFields,
  } = options;
  const raw = data as Partial<KubeObject>;
  const found = {
    kind: raw.kind || type.kind,
    apiVersion: raw.apiVersion || type.apiVersion,
  } as KubeObject;
  checkKind(type, found);
  let decoded;
  try {
    decoded = decode(type.definition, data);
  } catch (error) {
    if (error instanceof DecodeError) {
      throw refuse(type, found, error.message);
    }
    throw error;
  }
  if (fieldValidation !== 'Ignore') {
    const problems = strictProblems(
      type.definition,
      decoded.unknownFields.map(
        field => `unknown field ${JSON.stringify(field)}`,
      ),
    );
    if (problems.length > 0 && fieldValidation === 'Strict') {
      throw refuse(
        type,
        found,
        `strict decoding error: ${problems.join(', ')}`,
      );
    }
    problems.flatMap(eachFault).forEach(problem => warn?.(problem));
  }
  const { kind, apiVersion, metadata = {}, ...rest } = decoded.value;
  // Unlike any other list, this one means something where it is empty: nobody is to own a field.
  if (isEmptyList(raw.metadata?.managedFields)) {
    metadata.managedFields = [];
  }
  return {
    kind: type.kind,
    apiVersion: type.apiVersion,
    metadata,
    ...rest,
  };
}
