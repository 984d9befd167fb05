import { readFile, readdir } from 'fs/promises';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import {
  ApiClient,
  ApiConnection,
  ApiError,
  KubeObject,
  Resource,
  apiVersionOf,
  discoverResources,
} from '../client';

/** @public */
export interface SeedOptions {
  connection: ApiConnection;
  /** Every `*.yaml` and `*.yml` in it is applied, in the order of their names. */
  directory: string;
}

/** How many objects were made, and how many were there already. @public */
export interface SeedResult {
  created: number;
  existing: number;
}

/** Others need these to be there first. */
const FIRST = ['CustomResourceDefinition', 'Namespace', 'ServiceAccount'];

/**
 * Creates what the manifests of a directory say and is missing; what exists is left as it is, whatever
 * it looks like.
 *
 * @public
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const objects = await readManifests(options.directory);
  const client = ApiClient.create(options.connection);
  try {
    const found = await discoverResources(client);
    const result: SeedResult = { created: 0, existing: 0 };
    for (const { object, file } of objects) {
      const isNew = await create(client, found, object, file);
      result[isNew ? 'created' : 'existing'] += 1;
    }
    return result;
  } finally {
    await client.close();
  }
}

interface Manifest {
  file: string;
  object: KubeObject;
}

async function readManifests(directory: string): Promise<Manifest[]> {
  const names = (await readdir(directory))
    .filter(name => /\.ya?ml$/.test(name))
    .sort();
  const manifests: Manifest[] = [];
  for (const name of names) {
    const file = join(directory, name);
    manifests.push(...parseManifests(await readFile(file, 'utf8'), file));
  }
  const rank = ({ object }: Manifest) => {
    const index = FIRST.indexOf(object.kind ?? '');
    return index < 0 ? FIRST.length : index;
  };
  return manifests.sort((a, b) => rank(a) - rank(b));
}

/** The objects of a YAML text with any number of documents; empty ones are left out. */
export function parseManifests(text: string, file: string): Manifest[] {
  return [...parseAllDocuments(text)].flatMap(document => {
    if (document.errors.length > 0) {
      throw new Error(`${file} is no YAML: ${document.errors[0].message}`);
    }
    const object = document.toJS() as KubeObject | null;
    if (object === null) {
      return [];
    }
    if (!object.apiVersion || !object.kind || !object.metadata?.name) {
      throw new Error(
        `${file} has a document without apiVersion, kind and metadata.name.`,
      );
    }
    return [{ object, file }];
  });
}

/** False where it is there already. */
async function create(
  client: ApiClient,
  known: Resource[],
  object: KubeObject,
  file: string,
): Promise<boolean> {
  const { apiVersion, kind, metadata } = object;
  const resource = known.find(
    candidate =>
      candidate.kind === kind && apiVersionOf(candidate) === apiVersion,
  );
  if (!resource) {
    throw new Error(
      `${file}: the cluster knows no ${kind} of ${apiVersion}; check apiVersion and kind.`,
    );
  }
  const namespace = resource.namespaced
    ? metadata.namespace ?? 'default'
    : undefined;
  try {
    await client.create(resource, {
      ...object,
      metadata: { ...metadata, namespace },
    });
    return true;
  } catch (error) {
    if (ApiError.is(error, 409)) {
      return false;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: ${kind} ${metadata.name}: ${reason}`);
  }
}
