import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { masked } from '../expectations';
import { deployment, service } from '../objects';

/** What the server fills in. */
export const defaultCases = area('defaults', {
  'a Deployment gets its defaults': async t => {
    const created = await t.create('deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        paused: true,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'main', image: 'shop/cart:1.0.0' }] },
        },
      },
    });
    assert.equal(created.metadata.generation, 1);
    assert.deepEqual(masked(created.spec), {
      replicas: 1,
      paused: true,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'shop/cart:1.0.0',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'IfNotPresent',
            },
          ],
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
        },
      },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    assert.deepEqual(created.status, {});
  },

  'an image without a version is always pulled': async t => {
    const { spec } = await t.create(
      'deployments',
      deployment('web', { replicas: 0, image: 'shop/cart' }),
    );
    assert.equal(spec.template.spec.containers[0].imagePullPolicy, 'Always');
  },

  'a Service gets its defaults and an address': async t => {
    const { spec } = await t.create('services', service('web'));
    assert.match(spec.clusterIP, /^10\.\d+\.\d+\.\d+$/);
    assert.deepEqual(
      { ...spec, clusterIP: '', clusterIPs: spec.clusterIPs.length },
      {
        ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
        selector: { app: 'web' },
        clusterIP: '',
        clusterIPs: 1,
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
    );
  },

  'a Service of type NodePort gets a port of the nodes': async t => {
    const { spec } = await t.create(
      'services',
      service('web', { type: 'NodePort' }),
    );
    const { nodePort } = spec.ports[0];
    assert.ok(nodePort >= 30000 && nodePort <= 32767, `${nodePort}`);
    assert.equal(spec.externalTrafficPolicy, 'Cluster');
  },

  'a headless Service gets no address': async t => {
    const { spec } = await t.create(
      'services',
      service('web', { clusterIP: 'None' }),
    );
    assert.equal(spec.clusterIP, 'None');
    assert.deepEqual(spec.clusterIPs, ['None']);
  },
});
