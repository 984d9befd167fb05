import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { deployment, READINESS_PROBE, service } from '../objects';

async function slice(
  t: ContractContext,
  is: (slice: any) => boolean,
): Promise<any> {
  let found: any;
  await t.eventuallyTrue('the EndpointSlice', async () => {
    const { items } = await t.list('endpointslices', {
      labelSelector: 'kubernetes.io/service-name=web',
    });
    found = items[0];
    return items.length === 1 && is(found);
  });
  return found;
}

const ready = (it: any) =>
  (it.endpoints ?? []).filter((endpoint: any) => endpoint.conditions.ready);

/** Services and the EndpointSlices that say who answers. */
export const exposureCases = area(
  'exposure',
  {
    'ready pods are endpoints of the Services that select them': async t => {
      const { metadata } = await t.create('services', service('web'));
      await t.create('deployments', deployment('web', { replicas: 2 }));
      const found = await slice(t, it => ready(it).length === 2);
      assert.equal(found.addressType, 'IPv4');
      assert.equal(found.metadata.ownerReferences[0].uid, metadata.uid);
      assert.deepEqual(found.ports, [{ name: '', port: 80, protocol: 'TCP' }]);
      const { items } = await t.list('pods');
      assert.deepEqual(
        found.endpoints
          .map(
            (it: any) => `${it.targetRef.name} ${it.addresses} ${it.nodeName}`,
          )
          .sort(),
        items
          .map(
            (it: any) =>
              `${it.metadata.name} ${it.status.podIP} ${it.spec.nodeName}`,
          )
          .sort(),
      );
    },

    'pods that are not ready are endpoints that are not ready': async t => {
      await t.create('services', service('web'));
      await t.create(
        'deployments',
        deployment('web', {
          image: 'shop/cart:1.0.0-never-ready',
          readinessProbe: READINESS_PROBE,
        }),
      );
      const found = await slice(t, it => it.endpoints?.length === 1);
      assert.deepEqual(found.endpoints[0].conditions, {
        ready: false,
        serving: false,
        terminating: false,
      });
    },

    'pods that go are endpoints no longer': async t => {
      await t.create('services', service('web'));
      await t.create('deployments', deployment('web', { replicas: 2 }));
      await slice(t, it => ready(it).length === 2);
      await t.merge('deployments', 'web', { spec: { replicas: 1 } });
      await slice(t, it => it.endpoints.length === 1);
      await t.remove('services', 'web');
      await t.eventuallyTrue(
        'an end of the EndpointSlice',
        async () => (await t.names('endpointslices')).length === 0,
      );
    },

    'a Service that selects nothing has no endpoints': async t => {
      await t.create('services', service('web'));
      const found = await slice(t, () => true);
      assert.deepEqual(found.endpoints ?? [], []);
    },
  },
  { controllers: true },
);
