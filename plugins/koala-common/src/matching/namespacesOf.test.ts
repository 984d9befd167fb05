import { parseLabelSelector } from '../labels/parseLabelSelector';
import { projectObject } from '../projection/projectObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { fillNamespaceTemplate } from './fillNamespaceTemplate';
import { namespacesOf } from './namespacesOf';
import { narrowTarget } from './narrowTarget';

const service: ServiceIdentity = {
  ref: 'component:default/cart',
  namespace: 'default',
  name: 'cart',
  owner: 'group:default/shop-core',
  system: 'system:default/shop',
  project: 'acme',
  annotations: {},
};
const environment = { name: 'dev' };

describe('fillNamespaceTemplate', () => {
  it.each([
    ['{system}-{environment}', {}, { namespace: 'shop-dev' }],
    ['{component}', {}, { namespace: 'cart' }],
    ['{owner}-{component}', {}, { namespace: 'shop-core-cart' }],
    ['{project}-x', {}, { namespace: 'acme-x' }],
    ['{system}-{system}', {}, { namespace: 'shop-shop' }],
    ['fixed', {}, { namespace: 'fixed' }],
    ['{system}', { system: 'Shop' }, { namespace: 'shop' }],
    ['{system}', { system: 'other/Shop' }, { namespace: 'shop' }],
    ['{owner}', { owner: 'user:ann' }, { namespace: 'ann' }],
    ['{component}', { name: 'Cart' }, { namespace: 'cart' }],
    ['{system}-{environment}', { system: undefined }, { missing: 'system' }],
    ['{owner}', { owner: '' }, { missing: 'owner' }],
    [
      '{project}-{system}',
      { system: undefined, project: undefined },
      { missing: 'project' },
    ],
    ['{team}', {}, { missing: 'team' }],
    ['{owner}', { owner: 'user:default/jane.doe' }, { missing: 'owner' }],
    ['{component}', { name: 'my_service' }, { missing: 'component' }],
    ['{component}', { name: '..' }, { missing: 'component' }],
    ['{component}', { name: 'x'.repeat(64) }, { missing: 'component' }],
    ['-{component}', {}, { missing: 'component' }],
    ['{constructor}', {}, { missing: 'constructor' }],
    // A value is never read as a template
    ['{component}', { name: '{owner}' }, { missing: 'component' }],
  ])('%s with %j', (template, more, expected) => {
    expect(
      fillNamespaceTemplate({
        template,
        service: { ...service, ...more },
        environment,
      }),
    ).toEqual(expected);
  });
});

describe('namespacesOf', () => {
  const namespaces = new Map(
    [
      ['shop-b', { team: 'shop' }],
      ['shop-a', { team: 'shop' }],
      ['pay', { team: 'pay' }],
    ].map(([name, labels]) => [
      name as string,
      projectObject('Namespace', { metadata: { name, uid: name, labels } }),
    ]),
  );

  it('gives the names as they are configured, whether or not they exist', () => {
    expect(
      namespacesOf({
        scope: { type: 'names', names: ['z', 'pay'] },
        service,
        environment,
        namespaces,
      }),
    ).toEqual({ names: ['z', 'pay'] });
  });

  it('fills a template', () => {
    const scope = {
      type: 'template',
      template: '{system}-{environment}',
    } as const;
    expect(namespacesOf({ scope, service, environment, namespaces })).toEqual({
      names: ['shop-dev'],
    });
    expect(
      namespacesOf({
        scope,
        service: { ...service, system: undefined },
        environment,
        namespaces,
      }),
    ).toEqual({ missing: 'system' });
  });

  it('finds namespaces by their labels, sorted', () => {
    expect(
      namespacesOf({
        scope: { type: 'selector', selector: parseLabelSelector('team=shop') },
        service,
        environment,
        namespaces,
      }),
    ).toEqual({ names: ['shop-a', 'shop-b'] });
  });
});

describe('narrowTarget', () => {
  const NAMESPACE = 'backstage.io/kubernetes-namespace';
  const CLUSTER = 'backstage.io/kubernetes-cluster';

  it.each([
    [{}, ['a', 'b']],
    [{ [NAMESPACE]: 'a' }, ['a']],
    [{ [NAMESPACE]: 'b, a' }, ['a', 'b']],
    [{ [NAMESPACE]: 'elsewhere' }, []],
    [{ [NAMESPACE]: '' }, ['a', 'b']],
    [{ [CLUSTER]: 'prod-eu' }, ['a', 'b']],
    [{ [CLUSTER]: 'prod-us' }, []],
    [{ [CLUSTER]: 'prod-us,prod-eu' }, ['a', 'b']],
    [{ [CLUSTER]: ' ' }, ['a', 'b']],
    [{ [CLUSTER]: 'prod-eu', [NAMESPACE]: 'b' }, ['b']],
    [{ [CLUSTER]: 'prod-us', [NAMESPACE]: 'b' }, []],
  ])('%j leaves %j', (annotations: Record<string, string>, left) => {
    expect(
      narrowTarget({
        service: { ...service, annotations },
        cluster: 'prod-eu',
        namespaces: ['a', 'b'],
      }),
    ).toEqual(left);
  });
});
