import { KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { badRequest } from '../status/errors';
import columns from './columns.generated.json';
import { defaultPrinter, printers } from './printers';

const definitions = columns as Record<string, unknown[]>;

/** What of the object comes with each row. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Reads the parameter `includeObject`. */
export function parseIncludeObject(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') || 'Metadata';
  if (!['None', 'Metadata', 'Object'].includes(value)) {
    throw badRequest(
      `unrecognized includeObject value: ${JSON.stringify(value)}`,
    );
  }
  return value as IncludeObject;
}

/** An object with its metadata only. */
export function partialMetadata(object: KubeObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

function included(object: KubeObject, include: IncludeObject) {
  switch (include) {
    case 'Object':
      return object;
    case 'Metadata':
      return partialMetadata(object);
    default:
      return null;
  }
}

/** Objects as the rows that kubectl prints. */
export function toTable(options: {
  type: Pick<ResourceType, 'group' | 'apiVersion' | 'resource'>;
  objects: readonly KubeObject[];
  metadata: object;
  include: IncludeObject;
  now: number;
}) {
  const { type, objects, metadata, include, now } = options;
  const print = printers[`${type.group}/${type.resource}`] ?? defaultPrinter;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: definitions[`${type.apiVersion}/${type.resource}`] ?? [
      {
        name: 'Name',
        type: 'string',
        format: 'name',
        description: '',
        priority: 0,
      },
      { name: 'Age', type: 'string', format: '', description: '', priority: 0 },
    ],
    rows: objects.map(object => ({
      cells: print(object, now),
      object: included(object, include),
    })),
  };
}
