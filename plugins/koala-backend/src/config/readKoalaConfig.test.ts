import { ConfigReader } from '@backstage/config';
import { readKoalaConfig } from './readKoalaConfig';

const dev = {
  name: 'dev',
  targets: [{ cluster: 'nonprod', namespaces: { template: '{system}-dev' } }],
};

function read(koala: unknown) {
  return readKoalaConfig(new ConfigReader({ koala } as any));
}

describe('readKoalaConfig', () => {
  it('reads names, templates and selectors, with titles and target names filled in', () => {
    const { environments, problems, serviceTypes } = read({
      environments: [
        dev,
        {
          name: 'prod',
          title: 'Production',
          tier: 'production',
          promotesFrom: 'dev',
          targets: [
            { cluster: 'prod-eu', name: 'eu', namespaces: ['shop', 'pay'] },
            { cluster: 'prod-us', namespaces: { selector: 'team in (a,b)' } },
          ],
        },
      ],
    });
    expect(problems).toEqual([]);
    expect(environments).toEqual([
      {
        name: 'dev',
        title: 'dev',
        targets: [
          {
            name: 'nonprod',
            cluster: 'nonprod',
            namespaces: { type: 'template', template: '{system}-dev' },
          },
        ],
      },
      {
        name: 'prod',
        title: 'Production',
        tier: 'production',
        promotesFrom: 'dev',
        targets: [
          {
            name: 'eu',
            cluster: 'prod-eu',
            namespaces: { type: 'names', names: ['shop', 'pay'] },
          },
          {
            name: 'prod-us',
            cluster: 'prod-us',
            namespaces: {
              type: 'selector',
              selector: {
                matchLabels: {},
                matchExpressions: [
                  { key: 'team', operator: 'In', values: ['a', 'b'] },
                ],
              },
            },
          },
        ],
      },
    ]);
    expect([...serviceTypes]).toEqual(['service', 'website', 'worker', 'job']);
  });

  it('says what to set where nothing is configured', () => {
    expect(readKoalaConfig(new ConfigReader({})).problems).toEqual([
      expect.objectContaining({ key: 'koala.environments' }),
    ]);
  });

  it.each([
    [
      'a duplicate environment',
      { environments: [dev, dev] },
      'koala.environments[1].name',
      ['dev'],
    ],
    [
      'a promotion from nowhere',
      { environments: [{ ...dev, promotesFrom: 'qa' }] },
      'koala.environments[0].promotesFrom',
      ['dev'],
    ],
    [
      'an environment promoted from itself',
      { environments: [{ ...dev, promotesFrom: 'dev' }] },
      'koala.environments[0].promotesFrom',
      ['dev'],
    ],
    [
      'a missing name',
      { environments: [{ targets: dev.targets }, dev] },
      'koala.environments[0].name',
      ['dev'],
    ],
    [
      'a bad name',
      { environments: [{ ...dev, name: 'Dev Env' }] },
      'koala.environments[0].name',
      [],
    ],
    [
      'no targets',
      { environments: [{ name: 'dev', targets: [] }] },
      'koala.environments[0].targets',
      [],
    ],
    [
      'namespaces of the wrong shape',
      {
        environments: [
          { name: 'dev', targets: [{ cluster: 'c', namespaces: 7 }] },
        ],
      },
      'koala.environments[0].targets[0].namespaces',
      [],
    ],
    [
      'an unknown placeholder',
      {
        environments: [
          {
            name: 'dev',
            targets: [{ cluster: 'c', namespaces: { template: '{team}-dev' } }],
          },
        ],
      },
      'koala.environments[0].targets[0].namespaces',
      [],
    ],
    [
      'a selector that cannot be read',
      {
        environments: [
          {
            name: 'dev',
            targets: [{ cluster: 'c', namespaces: { selector: 'a in (' } }],
          },
        ],
      },
      'koala.environments[0].targets[0].namespaces',
      [],
    ],
    [
      'two targets of one name',
      {
        environments: [
          { name: 'dev', targets: [dev.targets[0], dev.targets[0]] },
        ],
      },
      'koala.environments[0].targets[1].name',
      ['dev'],
    ],
    [
      'an unknown key',
      { environments: [{ ...dev, promoteFrom: 'x' }] },
      'koala.environments[0]',
      [],
    ],
    [
      'environments that are no list',
      { environments: 'dev' },
      'koala.environments',
      [],
    ],
    ['koala that is no object', 'yes', 'koala', []],
    [
      'service types that are no list',
      { environments: [dev], services: { types: 'service' } },
      'koala.services.types',
      [],
    ],
  ])('names the key of %s and keeps the rest', (_, koala, key, names) => {
    const { environments, problems } = read(koala);
    expect(problems.map(problem => problem.key)).toContain(key);
    expect(environments.map(({ name }) => name)).toEqual(names);
  });

  it('breaks a promotion circle and says how it goes', () => {
    const { environments, problems } = read({
      environments: [
        { ...dev, name: 'a', promotesFrom: 'c' },
        { ...dev, name: 'b', promotesFrom: 'a' },
        { ...dev, name: 'c', promotesFrom: 'b' },
      ],
    });
    expect(problems[0]).toMatchObject({
      key: 'koala.environments[0].promotesFrom',
      message: expect.stringContaining('a → c → b → a'),
    });
    expect(environments.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('knows where each target stands', () => {
    expect(read({ environments: [dev] }).targetKeys.get('dev/nonprod')).toBe(
      'koala.environments[0].targets[0]',
    );
  });
});
