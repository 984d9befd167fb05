import { portalConfig, SubjectKey } from './portalConfig';

const configOf = (subject: SubjectKey) =>
  portalConfig({
    subject,
    port: 7,
    clusters: ['a', 'b'].map(name => ({
      name,
      url: `https://${name}`,
      caFile: '/ca',
      token: 't',
      signal: () => {},
    })),
    catalogFile: '/catalog.yaml',
    serviceToken: 's',
  }) as Record<string, any>;

describe('portalConfig', () => {
  it('leaves upstream at its defaults but for the metrics that these clusters lack', () => {
    const { kubernetes, koala } = configOf('upstream');
    expect(kubernetes.objectTypes).toBeUndefined();
    expect(kubernetes.serviceLocatorMethod.type).toBe('multiTenant');
    expect(koala).toBeUndefined();
  });

  it('tunes upstream to five kinds and the clusters that the entity names', () => {
    const { kubernetes } = configOf('tuned');
    expect(kubernetes.objectTypes).toHaveLength(5);
    expect(kubernetes.serviceLocatorMethod.type).toBe('catalogRelation');
  });

  it('gives all three the same portal and the same clusters', () => {
    const shared = (subject: SubjectKey) => {
      const { backend, auth, permission, catalog, kubernetes } =
        configOf(subject);
      const { clusterLocatorMethods } = kubernetes;
      return { backend, auth, permission, catalog, clusterLocatorMethods };
    };
    expect(shared('tuned')).toEqual(shared('upstream'));
    expect(shared('koala')).toEqual(shared('upstream'));
  });

  it('makes each cluster an environment for Koala', () => {
    const { environments } = configOf('koala').koala;
    expect(environments).toEqual([
      expect.objectContaining({ name: 'a' }),
      expect.objectContaining({ name: 'b', promotesFrom: 'a' }),
    ]);
  });
});
