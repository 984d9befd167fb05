import { AcceptedForm } from '../apiserver/mediaTypes';
import { KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { notAcceptable } from '../status/errors';
import { IncludeObject, partialMetadata, toTable } from '../table/table';
import { ListResult } from './list';
import { shownAs } from './storedType';

/** In which form objects of a resource are sent. */
export interface Encoding {
  type: ResourceType;
  form: AcceptedForm;
  include: IncludeObject;
  now(): number;
}

const withKindFirst = (type: ResourceType, object: KubeObject): KubeObject => {
  const { kind, apiVersion, ...rest } = shownAs(type, object);
  return { kind, apiVersion, ...rest } as KubeObject;
};

/** Refuses to send one object as a list of metadata, or a list as one. */
export function checkForm(
  { type, form }: Encoding,
  shape: 'object' | 'list',
): void {
  const go = `${type.group || 'core'}.${type.kind}`;
  if (shape === 'object' && form.as === 'PartialObjectMetadataList') {
    throw notAcceptable(
      `you requested PartialObjectMetadataList, but the requested object is not a list (*${go})`,
    );
  }
  if (shape === 'list' && form.as === 'PartialObjectMetadata') {
    throw notAcceptable(
      `you requested PartialObjectMetadata, but the requested object is a list (*${go}List)`,
    );
  }
}

/** One object in the form asked for. */
export function encodeObject(
  { type, form, include, now }: Encoding,
  object: KubeObject,
): unknown {
  switch (form.as) {
    case 'Table':
      return toTable({
        type,
        objects: [withKindFirst(type, object)],
        metadata: { resourceVersion: object.metadata.resourceVersion },
        include,
        now: now(),
      });
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return partialMetadata(object);
    default:
      return withKindFirst(type, object);
  }
}

/** A list in the form asked for. */
export function encodeList(
  { type, form, include, now }: Encoding,
  { items, metadata }: ListResult,
): unknown {
  switch (form.as) {
    case 'Table':
      return toTable({
        type,
        objects: items.map(item => withKindFirst(type, item)),
        metadata,
        include,
        now: now(),
      });
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(partialMetadata),
      };
    default:
      return {
        kind: `${type.kind}List`,
        apiVersion: type.apiVersion,
        metadata,
        // The items of a list do not repeat what they are.
        items: items.map(item => {
          const { kind, apiVersion, ...rest } = shownAs(type, item);
          return rest;
        }),
      };
  }
}

/** An empty object that only says how far a watch has come. */
export function encodeBookmark(
  { type, form, include, now }: Encoding,
  resourceVersion: string,
  annotations?: Record<string, string>,
): unknown {
  const metadata = {
    resourceVersion,
    ...(annotations && { annotations }),
  } as KubeObject['metadata'];
  switch (form.as) {
    case 'Table':
      return {
        ...toTable({
          type,
          objects: [],
          metadata: { resourceVersion },
          include,
          now: now(),
        }),
        rows: [
          {
            cells: [],
            object: partialMetadata({ kind: '', apiVersion: '', metadata }),
          },
        ],
      };
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return partialMetadata({ kind: '', apiVersion: '', metadata });
    default:
      return { kind: type.kind, apiVersion: type.apiVersion, metadata };
  }
}
