import { readFile, readdir } from 'fs/promises';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { KubeObject } from '../client';

/** One document of a manifest, and where it came from. */
export interface Manifest {
  file: string;
  object: KubeObject;
}

/** What others need to be there first. */
const FIRST = [
  'CustomResourceDefinition',
  'Namespace',
  'StorageClass',
  'ServiceAccount',
];

/** All documents of the `*.yaml` and `*.yml` files of a directory, in the order to apply them. */
export async function readManifests(directory: string): Promise<Manifest[]> {
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

/**
 * The documents of each object: the first makes it, each further one is merged into it once the one
 * before has been rolled out.
 */
export function groupRevisions(manifests: Manifest[]): Manifest[][] {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const key = identityOf(manifest.object);
    groups.set(key, [...(groups.get(key) ?? []), manifest]);
  }
  return [...groups.values()];
}

/** Tells objects apart: kind, namespace and name. */
function identityOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [apiVersion, kind, metadata.namespace, metadata.name].join('/');
}
