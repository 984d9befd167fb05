import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { kubectl, typed } from '../kubectl';
import { maskOutput } from '../maskOutput';
import { configMap, deployment, service } from '../objects';

/** One Deployment with a pod and a Service, all settled, beside objects that nobody works on. */
async function shop(t: ContractContext): Promise<void> {
  await t.create('configmaps', configMap('settings', { data: { k: 'v' } }));
  await t.create('secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'token' },
    stringData: { password: 'hunter2' },
  });
  await t.create('services', service('web'));
  await t.create('deployments', deployment('web'));
  await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
}

/** What people read. */
export const kubectlGetCases = area(
  'kubectl get',
  {
    'tables of every kind, wide, with labels, over all namespaces': async t => {
      await shop(t);
      for (const kind of [
        'deployments',
        'replicasets',
        'pods',
        'services',
        'configmaps',
        'secrets',
        'serviceaccounts',
        'endpointslices',
        'statefulsets',
        'all',
      ]) {
        const { code } = await typed(t, `get ${kind}`);
        assert.equal(code, 0);
        await typed(t, `get ${kind} --show-labels --no-headers`);
      }
      await typed(t, 'get deploy,rs -o wide');
      await typed(t, 'get svc -A -o wide -l app=nobody');
      const everywhere = await typed(
        t,
        `get deploy -A -o wide --field-selector metadata.namespace=${t.namespace}`,
      );
      assert.match(everywhere.stdout, /^NAMESPACE +NAME +READY .* SELECTOR\n/);
      await typed(t, 'get pods -L app --sort-by=.metadata.name');
      await typed(t, 'get ns default -o name');
      await typed(t, 'get nodes', { sorted: true });
      await typed(t, 'get nodes -o wide', { sorted: true });
    },

    'objects as YAML, JSON, names, paths, columns and templates': async t => {
      await shop(t);
      await typed(t, 'get cm settings -o yaml');
      await typed(t, 'get cm settings -o yaml --show-managed-fields');
      await typed(t, 'get deploy web -o yaml');
      const list = await kubectl(t, 'get', 'deploy,svc', '-o', 'json');
      t.transcript.note(
        'get -o json',
        JSON.parse(list, (_, value) =>
          typeof value === 'string' ? maskOutput(value) : value,
        ),
      );
      for (const output of [
        'name',
        "jsonpath='{.items[*].metadata.name}'",
        "jsonpath='{range .items[*]}{.kind} {.spec.ports[0].port}{end}'",
        'custom-columns=NAME:.metadata.name,IMAGE:.spec.template.spec.containers[*].image',
        "go-template='{{range .items}}{{.metadata.name}}{{end}}'",
      ]) {
        const { code } = await typed(t, `get deploy,svc -o ${output}`);
        assert.equal(code, 0);
      }
      await typed(t, 'get secret token -o jsonpath={.data.password}');
      await typed(t, 'get deploy web --subresource=scale');
      await typed(t, 'get deploy web --subresource=status -o name');
    },

    'what is not there and what cannot be asked': async t => {
      for (const command of [
        'get deploy web',
        'get deploy web --ignore-not-found',
        'get deploy web api',
        'get wombats',
        'get pods',
        'get all',
        'get pods -l a=b,c!=',
        'get pods -l a=(',
        'get pods --field-selector spec.wombat=1',
        'get pods --chunk-size=1 -l app=web',
        'get pods web --sort-by=.x',
        'get ns not-there',
        'get deploy/web svc/web -o yaml',
      ]) {
        await typed(t, command);
      }
    },

    'changes are watched': async t => {
      await t.create('configmaps', configMap('settings'));
      const watched = typed(
        t,
        'get cm --watch --field-selector metadata.name=settings --output-watch-events',
        {
          until: 'DELETED',
          onOutput: async text => {
            if (text.includes('ADDED')) {
              await t.merge('configmaps', 'settings', { data: { k: 'v' } });
              await t.remove('configmaps', 'settings');
            }
          },
        },
      );
      const { stdout } = await watched;
      assert.match(
        stdout,
        /^EVENT +NAME +DATA +AGE\nADDED +settings +0 .*\nMODIFIED +settings +1 .*\nDELETED +settings +1 /,
      );
    },
  },
  { controllers: true },
);
