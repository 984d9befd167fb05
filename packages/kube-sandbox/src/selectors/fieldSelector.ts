import { KubeObject } from '../objects/KubeObject';
import { badRequest } from '../status/errors';

/** One requirement of a field selector; all of them must hold. */
export interface FieldRequirement {
  field: string;
  equal: boolean;
  value: string;
}

/** Which fields of a kind can be selected, and how the real server names one that cannot. */
export interface SelectableFields {
  fields: Readonly<Record<string, (object: KubeObject) => unknown>>;
  refusal: (field: string) => string;
}

const METADATA_FIELDS = {
  'metadata.name': (object: KubeObject) => object.metadata.name,
  'metadata.namespace': (object: KubeObject) => object.metadata.namespace,
};

/** Kinds that select by name and namespace only. */
export const metadataFields: SelectableFields = {
  fields: METADATA_FIELDS,
  refusal: field =>
    `${JSON.stringify(
      field,
    )} is not a known field selector: only "metadata.name", "metadata.namespace"`,
};

/** Kinds that have fields of their own beside name and namespace, given as paths. */
export function selectable(
  paths: readonly string[],
  own: SelectableFields['fields'] = {},
): SelectableFields {
  const fields: Record<string, (object: KubeObject) => unknown> = {
    ...METADATA_FIELDS,
  };
  for (const path of paths) {
    const parts = path.split('.');
    fields[path] = object =>
      parts.reduce<any>((value, part) => value?.[part], object);
  }
  return {
    fields: { ...fields, ...own },
    refusal: field => `field label not supported: ${field}`,
  };
}

/** Parses the `fieldSelector` parameter (`a=b`, `a==b`, `a!=b`, joined by commas). Throws a 400 with the real server's words. */
export function parseFieldSelector(
  text: string,
  { fields, refusal }: SelectableFields,
): FieldRequirement[] {
  const requirements: FieldRequirement[] = [];
  for (const part of text.split(/(?<!\\),/)) {
    if (part === '') {
      continue;
    }
    const match = /^(.*?)(!=|==|=)(.*)$/.exec(part);
    if (!match) {
      throw badRequest(
        `invalid selector: '${text}'; can't understand '${part}'`,
      );
    }
    const [, field, operator, value] = match;
    if (!Object.hasOwn(fields, field)) {
      throw badRequest(refusal(field));
    }
    requirements.push({
      field,
      equal: operator !== '!=',
      value: value.replace(/\\(.)/g, '$1'),
    });
  }
  return requirements;
}

/** Whether an object satisfies all requirements. */
export function matchesFields(
  requirements: readonly FieldRequirement[],
  { fields }: SelectableFields,
  object: KubeObject,
): boolean {
  return requirements.every(({ field, equal, value }) => {
    const actual = fields[field](object);
    const text = actual === undefined || actual === null ? '' : String(actual);
    return (text === value) === equal;
  });
}
