import { apiResources, groupVersions } from '../registry/Registry';

const VERSION = {
  major: '1',
  minor: '35',
  emulationMajor: '1',
  emulationMinor: '35',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '34',
  gitVersion: 'v1.35.1',
  gitCommit: 'koala-sandbox',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const groupNames = [
  ...new Set(
    groupVersions
      .filter(groupVersion => groupVersion.includes('/'))
      .map(groupVersion => groupVersion.split('/')[0]),
  ),
];

const versionEntry = (groupVersion: string) => ({
  groupVersion,
  version: groupVersion.split('/').pop()!,
});

function apiGroup(name: string) {
  const versions = groupVersions
    .filter(groupVersion => groupVersion.startsWith(`${name}/`))
    .map(versionEntry);
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(groupVersion: string) {
  return {
    kind: 'APIResourceList',
    ...(groupVersion.includes('/') && { apiVersion: 'v1' }),
    groupVersion,
    resources: apiResources(groupVersion),
  };
}

/**
 * The discovery document at a path (`/version`, `/api`, `/apis`, `/api/v1`, `/apis/apps`, `/apis/apps/v1`),
 * or undefined where there is none. `address` is the server's own host and port.
 */
export function discoveryDocument(path: string, address: string): unknown {
  const [, prefix, group, version, ...rest] = path
    .replace(/\/$/, '')
    .split('/');
  if (rest.length > 0) {
    return undefined;
  }
  if (prefix === 'version' && !group) {
    return VERSION;
  }
  if (prefix === 'api') {
    if (!group) {
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [
          { clientCIDR: '0.0.0.0/0', serverAddress: address },
        ],
      };
    }
    return !version && groupVersions.includes(group) && !group.includes('/')
      ? resourceList(group)
      : undefined;
  }
  if (prefix !== 'apis') {
    return undefined;
  }
  if (!group) {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groupNames.map(apiGroup),
    };
  }
  if (!version) {
    return groupNames.includes(group)
      ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) }
      : undefined;
  }
  return groupVersions.includes(`${group}/${version}`)
    ? resourceList(`${group}/${version}`)
    : undefined;
}

/** Whether any version of a group is served. */
export function servesGroup(group: string): boolean {
  return group === '' || groupNames.includes(group);
}
