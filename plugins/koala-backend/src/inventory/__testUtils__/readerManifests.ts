import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { WATCHED_RESOURCES } from '../../reflector/WatchedResource';

const REPOSITORY = join(__dirname, '../../../../..');

/** One rule of a Role, as manifests have it. */
export interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** An object of a manifest, as far as these tests look at it. */
export interface AccessObject {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: PolicyRule[];
  roleRef?: { kind: string; name: string };
  subjects?: Array<{ kind: string; name: string; namespace?: string }>;
}

/** A file of the repository; the path begins at its root. */
export function readText(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

/** What the file of a manifest says. */
export function readManifest(path: string): AccessObject[] {
  return parseAllDocuments(readText(path)).map(document => document.toJS());
}

/** The account of all namespaces. */
export const READER = 'deploy/kubernetes/koala-reader.yaml';

/** What it may do in one namespace. */
export const NAMESPACE_READER = 'deploy/kubernetes/koala-reader-namespace.yaml';

/** A rule for each resource by itself, in order, so that rules that grant the same are equal. */
export function singleRules(rules: readonly PolicyRule[]): PolicyRule[] {
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.map(resource => ({
          apiGroups: [group],
          resources: [resource],
          verbs: [...verbs].sort(),
        })),
      ),
    )
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

/** What Koala asks for: it lists and watches, and gets nothing by its name. */
export function readerRules(
  resources: ReadonlyArray<{
    group: string;
    plural: string;
  }> = WATCHED_RESOURCES,
): PolicyRule[] {
  return singleRules(
    resources.map(({ group, plural }) => ({
      apiGroups: [group],
      resources: [plural],
      verbs: ['list', 'watch'],
    })),
  );
}

/** The rules without some verbs of a resource; without any verb, without the resource. */
export function rulesWithout(
  rules: readonly PolicyRule[],
  lost: { plural: string; verbs?: readonly string[] },
): PolicyRule[] {
  return singleRules(rules).flatMap(rule => {
    if (!rule.resources.includes(lost.plural)) return [rule];
    const verbs = rule.verbs.filter(verb => !lost.verbs?.includes(verb));
    return lost.verbs && verbs.length > 0 ? [{ ...rule, verbs }] : [];
  });
}

function nameOf({ apiGroups, resources }: PolicyRule): string {
  return `${apiGroups[0]}/${resources[0]}`;
}
