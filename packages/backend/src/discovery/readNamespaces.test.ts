import { mockServices } from '@backstage/backend-test-utils';
import { readNamespaces } from './readNamespaces';

describe('readNamespaces', () => {
  it('gathers the namespaces of all environments by cluster', () => {
    const config = mockServices.rootConfig({
      data: {
        koala: {
          environments: [
            {
              name: 'dev',
              targets: [{ cluster: 'a', namespaces: ['shop-dev'] }],
            },
            {
              name: 'prod',
              targets: [
                { cluster: 'a', namespaces: ['shop'] },
                { cluster: 'b', namespaces: { template: '{system}' } },
              ],
            },
          ],
        },
      },
    });
    expect(readNamespaces(config)).toEqual(
      new Map([
        ['a', new Set(['shop-dev', 'shop'])],
        ['b', new Set()],
      ]),
    );
  });

  it('gives nothing where nothing is configured', () => {
    expect(readNamespaces(mockServices.rootConfig({ data: {} })).size).toBe(0);
  });
});
