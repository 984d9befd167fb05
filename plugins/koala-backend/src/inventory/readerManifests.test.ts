import { WATCHED_RESOURCES } from '../reflector/WatchedResource';
import {
  AccessObject,
  NAMESPACE_READER,
  READER,
  readerRules,
  readManifest,
  readText,
  singleRules,
} from './__testUtils__/readerManifests';

const one = (objects: AccessObject[], kind: string) => {
  const found = objects.filter(object => object.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
};

const DEMO = ['dev', 'staging', 'prod-eu', 'prod-us'].map(
  name => `examples/clusters/${name}/access.yaml`,
);

describe('the manifests of the account that reads', () => {
  it.each([READER, ...DEMO])('%s: what Koala watches, and no more', path => {
    const role = one(readManifest(path), 'ClusterRole');
    expect(role.metadata.name).toBe('koala-reader');
    expect(singleRules(role.rules!)).toEqual(readerRules());
  });

  it('one namespace: all of it but what is outside of namespaces', () => {
    const role = one(readManifest(NAMESPACE_READER), 'Role');
    expect(singleRules(role.rules!)).toEqual(
      readerRules(WATCHED_RESOURCES.filter(({ namespaced }) => namespaced)),
    );
  });

  it('binds the role to the one account, in all namespaces or in the one it is applied to', () => {
    const whole = readManifest(READER);
    const { name, namespace } = one(whole, 'ServiceAccount').metadata;
    expect(namespace).toBe(one(whole, 'Namespace').metadata.name);
    const parts = readManifest(NAMESPACE_READER);
    for (const [role, binding] of [
      [one(whole, 'ClusterRole'), one(whole, 'ClusterRoleBinding')],
      [one(parts, 'Role'), one(parts, 'RoleBinding')],
    ]) {
      expect(binding.roleRef).toMatchObject({
        kind: role.kind,
        name: role.metadata.name,
      });
      expect(binding.subjects).toEqual([
        { kind: 'ServiceAccount', name, namespace },
      ]);
      expect(role.metadata.namespace).toBeUndefined();
      expect(binding.metadata.namespace).toBeUndefined();
    }
    expect(whole).toHaveLength(4);
    expect(parts).toHaveLength(2);
  });

  it('is told kind by kind in docs/permissions.md', () => {
    const rows = readText('docs/permissions.md')
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line => line.split('|')[1]);
    const named = rows.flatMap(cell =>
      [...cell.matchAll(/`([a-z]+)`/g)].map(([, plural]) => plural),
    );
    expect(named.sort()).toEqual(
      WATCHED_RESOURCES.map(({ plural }) => plural).sort(),
    );
  });
});
