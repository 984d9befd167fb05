import { formatEnvironmentsYaml } from './formatEnvironmentsYaml';
import { ClusterNamespaces, suggestEnvironments } from './suggestEnvironments';

/** `dev <- kind:shop-dev,pay-dev` */
function summarise(clusters: ClusterNamespaces[]): string[] {
  return suggestEnvironments(clusters).map(
    ({ name, promotesFrom, targets }) =>
      `${name}${promotesFrom ? ` from ${promotesFrom}` : ''}: ${targets
        .map(({ cluster, namespaces }) =>
          namespaces.type === 'names'
            ? `${cluster}/${namespaces.names.join('+')}`
            : '?',
        )
        .join(' ')}`,
  );
}

const kind = (...namespaces: string[]) => [{ cluster: 'kind', namespaces }];

describe('suggestEnvironments', () => {
  it.each([
    ['nothing', kind(), []],
    [
      'suffixes',
      kind('shop-prod', 'shop-dev'),
      ['dev: kind/shop-dev', 'prod from dev: kind/shop-prod'],
    ],
    [
      'prefixes',
      kind('dev-shop', 'prod-shop'),
      ['dev: kind/dev-shop', 'prod from dev: kind/prod-shop'],
    ],
    [
      'the word alone',
      kind('staging', 'production'),
      ['staging: kind/staging', 'prod from staging: kind/production'],
    ],
    [
      'several namespaces of one stage',
      kind('shop-dev', 'pay-dev'),
      ['dev: kind/pay-dev+shop-dev'],
    ],
    [
      'every stage, in the order of promotion',
      kind(
        'a-prod',
        'a-preprod',
        'a-uat',
        'a-stg',
        'a-int',
        'a-qa',
        'a-test',
        'a-dev',
      ),
      [
        'dev: kind/a-dev',
        'test from dev: kind/a-test',
        'qa from test: kind/a-qa',
        'integration from qa: kind/a-int',
        'staging from integration: kind/a-stg',
        'uat from staging: kind/a-uat',
        'preprod from uat: kind/a-preprod',
        'prod from preprod: kind/a-prod',
      ],
    ],
    [
      'what is almost production',
      kind('shop-pre-prod', 'shop-non-prod'),
      ['dev: kind/shop-non-prod', 'preprod from dev: kind/shop-pre-prod'],
    ],
    [
      'words inside other words, or in the middle, say nothing',
      kind('devops', 'product', 'a-test-b', 'latest'),
      [
        'a-test-b: kind/a-test-b',
        'devops: kind/devops',
        'latest: kind/latest',
        'product: kind/product',
      ],
    ],
    [
      'the stage of the cluster',
      [
        { cluster: 'prod-eu', namespaces: ['shop', 'pay'] },
        { cluster: 'prod-us', namespaces: ['shop'] },
        { cluster: 'dev', namespaces: ['shop'] },
      ],
      ['dev: dev/shop', 'prod from dev: prod-eu/pay+shop prod-us/shop'],
    ],
    [
      'names of contexts',
      [
        {
          cluster: 'arn:aws:eks:eu-west-1:1234:cluster/shop-staging-1',
          namespaces: ['shop'],
        },
        { cluster: 'gke_acme_europe-west1_live', namespaces: ['shop'] },
      ],
      [
        'staging: arn:aws:eks:eu-west-1:1234:cluster/shop-staging-1/shop',
        'prod from staging: gke_acme_europe-west1_live/shop',
      ],
    ],
    [
      'a namespace says more than its cluster',
      [{ cluster: 'prod', namespaces: ['shop-dev', 'shop'] }],
      ['dev: prod/shop-dev', 'prod from dev: prod/shop'],
    ],
    [
      'no stage: one environment per namespace, over all clusters',
      [
        { cluster: 'a', namespaces: ['voting', 'sock-shop'] },
        { cluster: 'b', namespaces: ['voting'] },
      ],
      ['sock-shop: a/sock-shop', 'voting: a/voting b/voting'],
    ],
    [
      'stages and others',
      kind('shop-dev', 'tools'),
      ['dev: kind/shop-dev', 'tools: kind/tools'],
    ],
    [
      'namespaces of the cluster itself',
      kind(
        'kube-system',
        'kube-public',
        'istio-system',
        'cert-manager',
        'shop',
      ),
      ['shop: kind/shop'],
    ],
    [
      'default, which may have something',
      kind('default'),
      ['default: kind/default'],
    ],
    [
      'default, which has nothing',
      [
        {
          cluster: 'kind',
          namespaces: ['default', 'shop'],
          empty: ['default'],
        },
      ],
      ['shop: kind/shop'],
    ],
    ['a namespace told twice', kind('shop', 'shop'), ['shop: kind/shop']],
  ])('%s', (_, clusters, expected) => {
    expect(summarise(clusters)).toEqual(expected);
  });

  it('says tier and title of a stage', () => {
    expect(suggestEnvironments(kind('shop-prod'))[0]).toMatchObject({
      name: 'prod',
      title: 'Production',
      tier: 'production',
    });
  });
});

describe('formatEnvironmentsYaml', () => {
  it('prints what configures the same', () => {
    expect(
      formatEnvironmentsYaml(
        suggestEnvironments([
          { cluster: 'kind', namespaces: ['shop-dev', 'pay-dev'] },
          { cluster: 'prod-eu', namespaces: ['shop'] },
        ]),
      ),
    ).toBe(`koala:
  environments:
    - name: dev
      title: Development
      tier: development
      targets:
        - cluster: kind
          namespaces:
            - pay-dev
            - shop-dev
    - name: prod
      title: Production
      tier: production
      promotesFrom: dev
      targets:
        - cluster: prod-eu
          namespaces:
            - shop
`);
  });

  it('prints templates, selectors and names of targets', () => {
    const text = formatEnvironmentsYaml([
      {
        name: 'prod',
        title: 'prod',
        targets: [
          {
            name: 'eu',
            cluster: 'c1',
            namespaces: { type: 'template', template: '{system}-prod' },
          },
          {
            name: 'c2',
            cluster: 'c2',
            namespaces: {
              type: 'selector',
              selector: { matchLabels: { team: 'shop' }, matchExpressions: [] },
            },
          },
        ],
      },
    ]);
    expect(text).toBe(`koala:
  environments:
    - name: prod
      targets:
        - name: eu
          cluster: c1
          namespaces:
            template: "{system}-prod"
        - cluster: c2
          namespaces:
            selector: team=shop
`);
  });

  it('quotes what YAML would read as something else', () => {
    const text = formatEnvironmentsYaml(
      suggestEnvironments([{ cluster: '1234', namespaces: ['on', '007'] }]),
    );
    expect(text).toContain('cluster: "1234"');
    expect(text).toContain('- "007"');
  });
});
