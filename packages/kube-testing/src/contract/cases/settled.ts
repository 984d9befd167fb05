import { job, jobIs } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { noteSettled } from '../noteSettled';
import { deployment, service } from '../objects';
import { rolledOut, setImage } from '../rollouts';
import { Storage } from '../storage';
import { daemonSet, setImageOf, statefulSet } from '../workloads';

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

    'a StatefulSet of two pods': async t => {
      await t.create('statefulsets', statefulSet('web', { replicas: 2 }));
      await whereStatus(
        t,
        'statefulsets',
        'web',
        status => status.availableReplicas === 2,
      );
      await noteSettled(t, [
        'statefulsets',
        'controllerrevisions',
        'pods',
        'events',
      ]);
    },

    'a second version of a StatefulSet': async t => {
      await t.create('statefulsets', statefulSet('web'));
      await whereStatus(
        t,
        'statefulsets',
        'web',
        status => status.availableReplicas === 1,
      );
      await setImageOf(t, 'statefulsets', 'shop/cart:1.1.0');
      await whereStatus(
        t,
        'statefulsets',
        'web',
        status =>
          status.currentRevision === status.updateRevision &&
          status.observedGeneration === 2 &&
          status.availableReplicas === 1,
      );
      await noteSettled(t, ['statefulsets', 'controllerrevisions', 'pods']);
    },

    'a DaemonSet on every node': async t => {
      await t.create('daemonsets', daemonSet('web'));
      await whereStatus(
        t,
        'daemonsets',
        'web',
        status => status.numberAvailable === 3,
      );
      await noteSettled(t, ['daemonsets', 'controllerrevisions', 'pods']);
    },

    'a Job that is done': async t => {
      await t.create(
        'jobs',
        job('import', {}, { image: 'shop/import:1.0.0-exit-0' }),
      );
      await jobIs(t, 'import', 'Complete');
      await noteSettled(t, ['jobs', 'pods', 'events']);
    },

    'a Job that failed': async t => {
      await t.create(
        'jobs',
        job('import', { backoffLimit: 0 }, { image: 'shop/import:exit-3' }),
      );
      await jobIs(t, 'import', 'Failed');
      await noteSettled(t, ['jobs', 'pods', 'events']);
    },

    'a suspended CronJob': async t => {
      await t.create('cronjobs', {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly' },
        spec: {
          schedule: '0 3 * * *',
          suspend: true,
          jobTemplate: { spec: job('nightly').spec },
        },
      });
      await noteSettled(t, ['cronjobs', 'jobs', 'events']);
    },

    'a claim and the volume that was made for it': async t => {
      await Storage.use(t, async storage => {
        await storage.class('fast');
        await t.create('persistentvolumeclaims', {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: storage.name('fast'),
            resources: { requests: { storage: '1Gi' } },
          },
        });
        await whereStatus(
          t,
          'persistentvolumeclaims',
          'data',
          status => status.phase === 'Bound',
        );
        await noteSettled(t, ['persistentvolumeclaims', 'events']);
      });
    },

    'a disruption budget of a Deployment': async t => {
      await t.create('deployments', deployment('web', { replicas: 2 }));
      await t.create('poddisruptionbudgets', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'web' },
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
      });
      await whereStatus(
        t,
        'poddisruptionbudgets',
        'web',
        status => status.disruptionsAllowed === 1,
      );
      await noteSettled(t, ['poddisruptionbudgets']);
    },
  },
  { controllers: true },
);
