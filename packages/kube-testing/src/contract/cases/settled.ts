import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { noteSettled } from '../noteSettled';
import { deployment, service } from '../objects';
import { rolledOut, setImage } from '../rollouts';

const ROLLOUT = ['deployments', 'replicasets', 'pods', 'events'];

async function whereStatus(
  t: ContractContext,
  resource: string,
  name: string,
  is: (status: any, object: any) => boolean,
): Promise<void> {
  await t.eventually({
    resource,
    name,
    what: 'getting there',
    is: object => Boolean(is(object.status ?? {}, object)),
  });
}

/** What controllers and nodes make of an object in the end: every field of every object in the namespace. */
export const settledCases = area(
  'settled',
  {
    'a Deployment with a Service, rolled out': async t => {
      await t.create('services', service('web'));
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await noteSettled(t, [...ROLLOUT, 'services', 'endpointslices']);
    },

    'a second version of a Deployment': async t => {
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await setImage(t, 'shop/cart:1.1.0');
      await rolledOut(t);
      await noteSettled(t, ROLLOUT);
    },

    'a Deployment scaled to zero': async t => {
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await t.merge('deployments', 'web', { spec: { replicas: 0 } });
      await whereStatus(t, 'deployments', 'web', status => !status.replicas);
      await noteSettled(t, ROLLOUT);
    },

    'a paused Deployment with a new template': async t => {
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await t.merge('deployments', 'web', { spec: { paused: true } });
      await setImage(t, 'shop/cart:1.1.0');
      await noteSettled(t, ROLLOUT);
    },

    'a Deployment past its deadline': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          image: 'shop/cart:no-such-tag',
          spec: { progressDeadlineSeconds: 4 },
        }),
      );
      await whereStatus(t, 'deployments', 'web', status =>
        status.conditions?.some(
          (it: any) => it.reason === 'ProgressDeadlineExceeded',
        ),
      );
      // Pods go on trying.
      await noteSettled(t, ['deployments', 'replicasets']);
    },

    'a pod that fits on no node': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          podSpec: { nodeSelector: { 'example.com/no-such': 'node' } },
        }),
      );
      await whereStatus(
        t,
        'deployments',
        'web',
        status => status.unavailableReplicas === 1,
      );
      await noteSettled(t, ROLLOUT);
    },

    'Services of each type': async t => {
      await t.create('services', service('cluster'));
      await t.create('services', service('node', { type: 'NodePort' }));
      await t.create('services', service('headless', { clusterIP: 'None' }));
      await t.create('services', {
        ...service('external'),
        spec: { type: 'ExternalName', externalName: 'shop.example.com' },
      });
      await noteSettled(t, ['services', 'endpointslices']);
    },
  },
  { controllers: true },
);
