import { ClusterError, DiscoveredCluster } from './DiscoveredCluster';
import { suggestConfig } from './suggestConfig';

interface Given {
  name: string;
  namespace?: string;
  lists: Record<string, string[] | Error>;
}

/** Answers each path with objects of these names, and with nothing elsewhere. */
function cluster({ name, namespace, lists }: Given): DiscoveredCluster {
  return {
    name,
    namespace,
    server: `https://${name}.example`,
    async list<T>(path: string) {
      const answer = lists[path] ?? [];
      if (answer instanceof Error) throw answer;
      return answer.map(item => ({ metadata: { name: item } })) as T[];
    },
  };
}

function suggest(...clusters: Given[]) {
  return suggestConfig({ clusters: clusters.map(cluster), problems: [] });
}

const NAMESPACES = '/api/v1/namespaces';

describe('suggestConfig', () => {
  it('names environments after namespaces', async () => {
    const { yaml, problems } = await suggest({
      name: 'one',
      lists: { [NAMESPACES]: ['shop-dev', 'shop-prod', 'kube-system'] },
    });
    expect(problems).toEqual([]);
    expect(yaml).toContain('- shop-dev');
    expect(yaml).toContain('promotesFrom: dev');
    expect(yaml).not.toContain('kube-system');
  });

  it.each([
    ['nothing runs there', {}, false],
    ['a pod runs there', { '/api/v1/namespaces/default/pods': ['a'] }, true],
    [
      'a deployment waits there',
      { '/apis/apps/v1/namespaces/default/deployments': ['a'] },
      true,
    ],
    [
      'it may not be looked into',
      {
        '/api/v1/namespaces/default/pods': new ClusterError('forbidden', 403),
      },
      true,
    ],
  ])('shows default or not: %s', async (_, lists, shown) => {
    const { yaml } = await suggest({
      name: 'one',
      lists: { [NAMESPACES]: ['default', 'web'], ...lists },
    });
    expect(yaml.includes('- default')).toBe(shown);
  });

  it('keeps a cluster that does not answer, with the namespace of its context', async () => {
    const { yaml, problems } = await suggest(
      {
        name: 'away',
        namespace: 'pay-dev',
        lists: { [NAMESPACES]: new ClusterError('does not answer: no route') },
      },
      { name: 'here', lists: { [NAMESPACES]: ['shop-dev'] } },
    );
    expect(yaml).toContain('cluster: away');
    expect(yaml).toContain('- pay-dev');
    expect(yaml).toContain('- shop-dev');
    expect(problems).toEqual([
      expect.stringMatching(
        /^Cluster away \(https:\/\/away\.example\) does not answer: no route/,
      ),
    ]);
  });

  it('says when an account may not list namespaces', async () => {
    const { problems } = await suggest({
      name: 'one',
      namespace: 'mine',
      lists: { [NAMESPACES]: new ClusterError('forbidden', 403) },
    });
    expect(problems).toEqual([expect.stringContaining('namespace mine')]);
  });
});
