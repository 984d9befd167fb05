import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKubeconfig } from './readKubeconfig';

describe('readKubeconfig', () => {
  const directory = mkdtempSync(join(tmpdir(), 'koala-kubeconfig-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  function read(content: string) {
    const file = join(directory, 'config');
    writeFileSync(file, content);
    return readKubeconfig(file);
  }

  it('makes a cluster of each context and says which is left out', () => {
    const { clusters, problems } = read(`
      apiVersion: v1
      kind: Config
      clusters: [{name: a, cluster: {server: 'https://a.example'}}]
      users: [{name: u, user: {token: t}}]
      contexts:
        - {name: a-dev, context: {cluster: a, user: u, namespace: shop}}
        - {name: lost, context: {cluster: gone, user: u}}
    `);
    expect(
      clusters.map(({ name, server, namespace }) => [name, server, namespace]),
    ).toEqual([['a-dev', 'https://a.example', 'shop']]);
    expect(problems).toEqual([
      expect.stringMatching(/^Context lost is left out: .*gone/),
    ]);
  });

  it.each([
    ['an empty file', '', /is not a kubeconfig file\.$/],
    ['broken YAML', 'a: [', /is not a kubeconfig file: .*\.$/],
    ['something else', 'a: 1', /names no context/],
    ['no context', 'kind: Config\ncontexts: []', /names no context/],
    [
      'only contexts that lead nowhere',
      'contexts: [{name: x, context: {cluster: gone, user: u}}]',
      /Context x is left out/,
    ],
  ])('refuses %s in one sentence', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});
