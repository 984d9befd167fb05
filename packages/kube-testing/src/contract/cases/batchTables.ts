import assert from 'node:assert/strict';
import { job, jobIs } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { TABLE } from '../mediaTypes';
import { service } from '../objects';

const AGE = /^\d+(s|m\d*s?)$/;

/** The cells of an object, as `kubectl get -o wide` prints them; ages are left out. */
async function cells(
  t: ContractContext,
  resource: string,
  name: string,
): Promise<unknown[]> {
  const { rows } = await t.ok(t.path(resource, name), {
    headers: { accept: TABLE },
  });
  return rows[0].cells.filter((cell: unknown) => !AGE.test(String(cell)));
}

/** How batch and network objects are printed. */
export const batchTableCases = area(
  'tables',
  {
    'a Job is printed with what has become of it': async t => {
      const { spec } = await t.create('jobs', job('a'));
      const selector = `batch.kubernetes.io/controller-uid=${spec.selector.matchLabels['batch.kubernetes.io/controller-uid']}`;
      await jobIs(t, 'a', 'Complete');
      const more = ['main', 'shop/import:1.0.0', selector];
      assert.deepEqual(await cells(t, 'jobs', 'a'), [
        'a',
        'Complete',
        '1/1',
        ...more,
      ]);
      await t.create('jobs', job('b', { suspend: true, parallelism: 3 }));
      await jobIs(t, 'b', 'Suspended');
      assert.deepEqual((await cells(t, 'jobs', 'b')).slice(0, 4), [
        'b',
        'Suspended',
        '0/1 of 3',
        '',
      ]);
      await t.create(
        'jobs',
        job('c', { backoffLimit: 0 }, { image: 'shop/import:1-crash' }),
      );
      await jobIs(t, 'c', 'Failed');
      assert.deepEqual((await cells(t, 'jobs', 'c')).slice(0, 3), [
        'c',
        'Failed',
        '0/1',
      ]);
    },

    'a CronJob is printed with its schedule': async t => {
      const { spec } = job('x');
      await t.create('cronjobs', {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'a' },
        spec: {
          schedule: '0 4 * * *',
          timeZone: 'Europe/Berlin',
          suspend: true,
          jobTemplate: { spec },
        },
      });
      assert.deepEqual(await cells(t, 'cronjobs', 'a'), [
        'a',
        '0 4 * * *',
        'Europe/Berlin',
        'True',
        0,
        '<none>',
        'main',
        'shop/import:1.0.0',
        '<none>',
      ]);
    },

    'Services are printed with where they are reached': async t => {
      const node = await t.create(
        'services',
        service('a', { type: 'NodePort', externalIPs: ['198.51.100.7'] }),
      );
      assert.deepEqual(await cells(t, 'services', 'a'), [
        'a',
        'NodePort',
        node.spec.clusterIP,
        '198.51.100.7',
        `80:${node.spec.ports[0].nodePort}/TCP`,
        'app=a',
      ]);
      const pending = await t.create(
        'services',
        service('b', {
          type: 'LoadBalancer',
          loadBalancerClass: 'example.com/none',
          allocateLoadBalancerNodePorts: false,
        }),
      );
      assert.deepEqual(await cells(t, 'services', 'b'), [
        'b',
        'LoadBalancer',
        pending.spec.clusterIP,
        '<pending>',
        '80/TCP',
        'app=b',
      ]);
      await t.create(
        'services',
        service('c', {
          type: 'ExternalName',
          externalName: 'db.example.com',
          ports: undefined,
        }),
      );
      assert.deepEqual(await cells(t, 'services', 'c'), [
        'c',
        'ExternalName',
        '<none>',
        'db.example.com',
        '<none>',
        'app=c',
      ]);
    },

    'an Ingress is printed with its hosts': async t => {
      const backend = { service: { name: 'a', port: { number: 80 } } };
      const ingress = (name: string, hosts: string[], spec: object = {}) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name },
        spec: {
          ingressClassName: 'nobody',
          defaultBackend: backend,
          rules: hosts.map(host => ({ host })),
          ...spec,
        },
      });
      const hosts = ['a', 'b', 'c', 'd', 'e'].map(it => `${it}.example.com`);
      await t.create('ingresses', ingress('many', hosts));
      assert.deepEqual(await cells(t, 'ingresses', 'many'), [
        'many',
        'nobody',
        'a.example.com,b.example.com,c.example.com + 2 more...',
        '',
        '80',
      ]);
      const tls = [{ hosts: ['a.example.com'], secretName: 'a' }];
      const { status } = await t.create(
        'ingresses',
        ingress('all', [], { tls }),
      );
      assert.deepEqual(status, { loadBalancer: {} });
      assert.deepEqual(await cells(t, 'ingresses', 'all'), [
        'all',
        'nobody',
        '*',
        '',
        '80, 443',
      ]);
    },
  },
  { controllers: true },
);
