import { Entity } from '@backstage/catalog-model';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import plugin from './index';

const entity = (part: {
  kind?: string;
  type?: string;
  annotations?: Record<string, string>;
}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: part.kind ?? 'Component',
  metadata: { name: 'cart', annotations: part.annotations },
  spec: { type: part.type },
});

describe('the extensions that others rely on', () => {
  it('are exported by default, with these ids', () => {
    expect(plugin.pluginId).toBe('koala');
    for (const id of [
      'api:koala',
      'page:koala',
      'sub-page:koala/services',
      'sub-page:koala/environments',
      'entity-content:koala/deployments',
    ]) {
      expect(plugin.getExtension(id as 'page:koala')).toBeDefined();
    }
  });

  it('have these paths', () => {
    const pathOf = (id: 'page:koala') =>
      createExtensionTester(plugin.getExtension(id)).get(
        coreExtensionData.routePath,
      );
    expect(pathOf('page:koala')).toBe('/koala');
    expect(pathOf('sub-page:koala/services' as 'page:koala')).toBe('services');
    expect(pathOf('sub-page:koala/environments' as 'page:koala')).toBe(
      'environments',
    );
    expect(pathOf('entity-content:koala/deployments' as 'page:koala')).toBe(
      'deployments',
    );
  });

  it.each<[string, Entity, boolean]>([
    ['a service', entity({ type: 'service' }), true],
    ['a website', entity({ type: 'website' }), true],
    ['a worker', entity({ type: 'worker' }), true],
    ['a job', entity({ type: 'job' }), true],
    ['a library', entity({ type: 'library' }), false],
    [
      'a library with a Kubernetes annotation',
      entity({
        type: 'library',
        annotations: { 'backstage.io/kubernetes-id': 'cart' },
      }),
      true,
    ],
    [
      'a component with a label selector',
      entity({
        type: 'other',
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=cart' },
      }),
      true,
    ],
    ['an API', entity({ kind: 'API', type: 'service' }), false],
  ])('the Deployments tab is on %s: %s', (_, candidate, expected) => {
    const filter = createExtensionTester(
      plugin.getExtension('entity-content:koala/deployments'),
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(filter?.(candidate)).toBe(expected);
  });
});
