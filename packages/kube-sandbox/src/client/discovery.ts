import { ApiClient } from './ApiClient';
import { Resource } from './resources';

interface ResourceList {
  resources?: {
    name: string;
    kind: string;
    namespaced: boolean;
    verbs?: string[];
  }[];
}

interface GroupList {
  groups?: {
    name: string;
    preferredVersion?: { version: string };
    versions: { version: string }[];
  }[];
}

/**
 * Every resource the server offers, each in its group's preferred version; subresources left out. A
 * group that does not answer (an aggregated API that is down) is left out too.
 *
 * @public
 */
export async function discoverResources(
  client: ApiClient,
): Promise<Resource[]> {
  const { groups = [] } = await client.getPath<GroupList>('/apis');
  const versions = [
    { group: '', version: 'v1' },
    ...groups.map(group => ({
      group: group.name,
      version: (group.preferredVersion ?? group.versions[0]).version,
    })),
  ];
  const lists = await Promise.all(
    versions.map(async ({ group, version }) => {
      const path = group ? `/apis/${group}/${version}` : `/api/${version}`;
      const list = group
        ? await client.getPath<ResourceList>(path).catch(() => undefined)
        : await client.getPath<ResourceList>(path);
      return (list?.resources ?? [])
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced, verbs = [] }) => ({
          group,
          version,
          plural: name,
          kind,
          namespaced,
          verbs,
        }));
    }),
  );
  return lists.flat();
}
