import generated from './schema.generated.json';

/**
 * The shape of one type of the Kubernetes API. A field's type is `string`, `boolean`, `int32`, `int64`, `number`, `bytes`,
 * `quantity`, `intOrString`, `time`, `any`, `@<definition>`, `[]<type>` or `{}<type>` (a map).
 * `merge` holds a field's patch strategy: `merge`, `merge:<key>`, `retainKeys`, `merge,retainKeys:<key>`.
 */
export interface Definition {
  fields: Readonly<Record<string, string>>;
  merge?: Readonly<Record<string, string>>;
  /** How server-side apply looks into a field where that is not its type's way: `set`, `map:<key>,<key>`, `atomic`, `granular`. */
  topology?: Readonly<Record<string, string>>;
  /** Values of the keys of a `map` list's items that do not say. */
  keyDefaults?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Server-side apply takes the whole struct as one field. */
  atomic?: boolean;
  /** What Go shows of fields that nobody has set: `{}` for structs, null for lists and maps. */
  unset?: Readonly<Record<string, object | null>>;
  /** Numbers of the fields in protobuf; `2.6` is field 6 of the message in field 2, which JSON does not show. */
  numbers: Readonly<Record<string, string>>;
}

const definitions = generated.definitions as unknown as Record<
  string,
  Definition
>;
const kinds = generated.kinds as Record<string, string>;

/** The definition of that name, such as `apps.v1.DeploymentSpec`. */
export function definitionOf(name: string): Definition {
  const definition = definitions[name];
  if (!definition) {
    throw new Error(`No type ${name} in the generated schema`);
  }
  return definition;
}

/** The name of the definition of a kind, such as `apps.v1.Deployment` for `apps/v1`, `Deployment`. */
export function definitionOfKind(
  apiVersion: string,
  kind: string,
): string | undefined {
  return kinds[`${apiVersion}/${kind}`];
}
