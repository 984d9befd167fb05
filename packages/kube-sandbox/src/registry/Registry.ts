import generated from '../discovery/discovery.generated.json';
import { metadataFields, SelectableFields } from '../selectors/fieldSelector';
import { definitionOfKind } from '../schema/schema';
import { strategies } from './strategies';
import { Strategy } from './Strategy';

/** One entry of an APIResourceList, as discovery shows it. */
export interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  storageVersionHash?: string;
}

/** A resource that the server serves. */
export interface ResourceType {
  group: string;
  version: string;
  /** `v1` or `apps/v1`. */
  apiVersion: string;
  /** Plural, as in paths. */
  resource: string;
  kind: string;
  namespaced: boolean;
  verbs: ReadonlySet<string>;
  /** Verbs of each subresource. */
  subresources: ReadonlyMap<string, ReadonlySet<string>>;
  /** Name of its type in the generated schema. */
  definition: string;
  /** The collection of the store that holds it. */
  storedIn: string;
  selectable: SelectableFields;
  strategy: Strategy;
}

const discovery = generated as unknown as Record<string, ApiResource[]>;

/** The groups and versions served, in the order of discovery; the core group comes first. */
export const groupVersions: readonly string[] = Object.keys(discovery);

/** What discovery says of one group and version. */
export function apiResources(groupVersion: string): readonly ApiResource[] {
  return discovery[groupVersion] ?? [];
}

function splitGroupVersion(groupVersion: string) {
  const [group, version] = groupVersion.includes('/')
    ? groupVersion.split('/')
    : ['', groupVersion];
  return { group, version };
}

function toResourceType(
  groupVersion: string,
  resource: ApiResource,
): ResourceType {
  const { group, version } = splitGroupVersion(groupVersion);
  const strategy = strategies[`${group}/${resource.name}`] ?? {};
  const definition = definitionOfKind(groupVersion, resource.kind);
  if (!definition) {
    throw new Error(`The schema has no ${groupVersion} ${resource.kind}`);
  }
  return {
    group,
    version,
    apiVersion: groupVersion,
    resource: resource.name,
    kind: resource.kind,
    namespaced: resource.namespaced,
    verbs: new Set(resource.verbs),
    subresources: new Map(
      discovery[groupVersion]
        .filter(({ name }) => name.startsWith(`${resource.name}/`))
        .map(({ name, verbs }) => [name.split('/')[1], new Set(verbs)]),
    ),
    definition,
    storedIn: strategy.storedAs
      ? `${strategy.storedAs.group}/${strategy.storedAs.resource}`
      : `${group}/${resource.name}`,
    selectable: strategy.selectable ?? metadataFields,
    strategy,
  };
}

const types = new Map<string, ResourceType>();
for (const groupVersion of groupVersions) {
  for (const resource of apiResources(groupVersion)) {
    if (!resource.name.includes('/')) {
      types.set(
        `${groupVersion}/${resource.name}`,
        toResourceType(groupVersion, resource),
      );
    }
  }
}

/** The resource of that group, version and plural, if it is served. */
export function resourceType(
  groupVersion: string,
  resource: string,
): ResourceType | undefined {
  return types.get(`${groupVersion}/${resource}`);
}

/** All resources that are served. */
export function resourceTypes(): readonly ResourceType[] {
  return [...types.values()];
}
