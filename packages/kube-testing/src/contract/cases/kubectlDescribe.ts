import assert from 'node:assert/strict';
import { job } from '../batch';
import { area } from '../ContractCase';
import { kubectl, typed } from '../kubectl';
import { configMap, deployment, READINESS_PROBE, service } from '../objects';
import { daemonSet, statefulSet } from '../workloads';

/** Objects that no controller touches. */
const QUIET: [string, any][] = [
  ['configmaps', configMap('settings', { data: { a: 'b', c: 'd\ne' } })],
  [
    'secrets',
    { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter2' } },
  ],
  ['serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount' }],
  [
    'ingresses',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: {
        ingressClassName: 'none',
        tls: [{ hosts: ['shop.example.com'], secretName: 'settings' }],
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                {
                  path: '/cart',
                  pathType: 'Prefix',
                  backend: {
                    service: { name: 'nowhere', port: { number: 80 } },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  [
    'networkpolicies',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
      },
    },
  ],
  [
    'limitranges',
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      spec: {
        limits: [{ type: 'PersistentVolumeClaim', max: { storage: '5Gi' } }],
      },
    },
  ],
  [
    'leases',
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      spec: { holderIdentity: 'me', leaseDurationSeconds: 5 },
    },
  ],
  [
    'roles',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
    },
  ],
  [
    'rolebindings',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'settings',
      },
      subjects: [{ kind: 'ServiceAccount', name: 'settings', namespace: 'x' }],
    },
  ],
];

/** Events of one second come in any order, and some of them more than once. */
const settledText = (text: string) => {
  const [objects, events] = text.split(/^Events:/m);
  return `${objects}${[
    ...new Set((events ?? '').split('\n').map(line => line.trim())),
  ]
    .sort()
    .join('\n')}`;
};

/** What people read when something is wrong. */
export const kubectlDescribeCases = area(
  'kubectl describe',
  {
    'objects that nobody works on': async t => {
      for (const [resource, object] of QUIET) {
        const input = JSON.stringify({
          ...object,
          metadata: { name: 'settings' },
        });
        await typed(t, 'create -f -', { input });
        await typed(t, `describe ${resource} settings`);
        await typed(t, `get ${resource} settings -o wide`);
      }
      await typed(t, `describe ns ${t.namespace}`, { unnoted: true });
      await typed(t, 'describe cm nowhere');
      await typed(t, 'describe cm set');
      const { code } = await typed(t, 'describe cm settings');
      assert.equal(code, 0);
    },

    'a Deployment, what it owns and what sends to it': async t => {
      await t.create('services', service('web'));
      await t.create(
        'deployments',
        deployment('web', {
          readinessProbe: READINESS_PROBE,
          podSpec: {
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        }),
      );
      await kubectl(t, 'rollout', 'status', 'deploy/web', '--timeout=60s');
      for (const kind of ['deploy', 'rs', 'svc', 'endpointslices', 'pods']) {
        const { code } = await typed(t, `describe ${kind} -l app!=nobody`, {
          shape: settledText,
        });
        assert.equal(code, 0, kind);
      }
    },

    'a pod that does not start, and one that crashes': async t => {
      await t.create(
        'deployments',
        deployment('missing', { image: 'shop/cart:missing' }),
      );
      await t.create(
        'deployments',
        deployment('crash', { image: 'shop/cart:crash' }),
      );
      await t.create(
        'deployments',
        deployment('huge', {
          podSpec: { nodeSelector: { 'example.com/size': 'huge' } },
        }),
      );
      for (const [name, reason] of [
        ['missing', 'ImagePullBackOff'],
        ['crash', 'CrashLoopBackOff'],
      ]) {
        await t.eventuallyTrue(reason, async () => {
          const { items } = await t.list('pods', {
            labelSelector: `app=${name}`,
          });
          const [status] = items[0]?.status?.containerStatuses ?? [];
          return status?.state.waiting?.reason === reason;
        });
      }
      for (const name of ['missing', 'crash', 'huge']) {
        await typed(t, `get pods -l app=${name}`, {
          // How often it has crashed by now depends on who was faster.
          shape: text => text.replace(/ \d+ \(?<age>\)?/g, ' <restarts>'),
        });
      }
      await typed(t, 'describe pods -l app=huge', { shape: settledText });
    },

    'a StatefulSet, a DaemonSet, a Job and a CronJob': async t => {
      await t.create('statefulsets', statefulSet('db'));
      await t.create('daemonsets', daemonSet('agent'));
      await t.create('jobs', job('once'));
      await t.create('cronjobs', {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly' },
        spec: {
          schedule: '0 3 * * *',
          jobTemplate: { spec: job('x').spec },
        },
      });
      await kubectl(t, 'rollout', 'status', 'sts/db', '--timeout=60s');
      await kubectl(t, 'rollout', 'status', 'ds/agent', '--timeout=60s');
      await kubectl(t, 'wait', 'job/once', '--for=condition=Complete');
      for (const workload of [
        'sts/db',
        'ds/agent',
        'job/once',
        'cronjob/nightly',
      ]) {
        const { code } = await typed(t, `describe ${workload}`, {
          shape: settledText,
        });
        assert.equal(code, 0, workload);
        await typed(t, `get ${workload} -o wide`);
      }
    },
  },
  { controllers: true },
);
