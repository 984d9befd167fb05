import { createDevApp } from '@backstage/frontend-dev-utils';
import { Entity } from '@backstage/catalog-model';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import koalaPlugin from '../src';
import { koalaApiRef } from '../src/api/KoalaApi';
import { demoMatrix } from './fixtures/demoMatrix';
import { Scenario, StubKoalaApi } from './StubKoalaApi';

const scenario = (localStorage.getItem('koala.scenario') ?? 'demo') as Scenario;

const entities: Entity[] = demoMatrix({ now: Date.now() }).services.map(
  service => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: service.name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': service.name },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: service.owner,
      system: service.system,
    },
  }),
);

createDevApp({
  features: [
    catalogPlugin,
    koalaPlugin,
    createFrontendModule({
      pluginId: 'koala',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: koalaApiRef,
              deps: {},
              factory: () => new StubKoalaApi(scenario),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () => new InMemoryCatalogClient({ entities }),
            }),
        }),
      ],
    }),
  ],
});
