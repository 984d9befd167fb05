import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { typed } from '../kubectl';
import { configMap, deployment, service } from '../objects';

const text = (...objects: object[]) =>
  objects.map(object => JSON.stringify(object)).join('\n');

const web = (more: Parameters<typeof deployment>[1] = {}) =>
  deployment('web', { replicas: 0, ...more });

async function note(
  t: ContractContext,
  resource: string,
  name: string,
): Promise<any> {
  const object = await t.transcript.quietly(() => t.read(resource, name));
  t.transcript.note(`${resource} ${name}`, object);
  return object;
}

/** What people change. */
export const kubectlWriteCases = area('kubectl write', {
  'create makes objects of every kind it knows': async t => {
    for (const command of [
      'configmap settings --from-literal=a=b --from-literal=c=d',
      'secret generic token --from-literal=password=hunter2',
      'secret docker-registry pull --docker-username=a --docker-password=b --docker-server=example.com',
      'deployment web --image=shop/cart:1.0.0 --replicas=0 --port=80',
      'service clusterip web --tcp=80:8080',
      'service nodeport web2 --tcp=80 --node-port=31080 --dry-run=server',
      'service externalname elsewhere --external-name=example.com',
      'job once --image=shop/import:1.0.0 -- import --all',
      "cronjob nightly --image=shop/import:1.0.0 --schedule='0 3 * * *' -- import",
      'ingress web --rule=shop.example.com/cart*=web:80',
      'serviceaccount robot',
      'poddisruptionbudget web --selector=app=web --min-available=1',
      'quota small --hard=pods=5',
      'namespace other --dry-run=server',
      'configmap settings --from-literal=a=b',
      'configmap Not_Valid --from-literal=a=b',
      'deployment web --image=x --dry-run=server -o name',
      'deployment api --image=x --dry-run=client -o yaml',
      'deployment api --image=x --dry-run=server -o jsonpath={.spec.strategy.type}',
    ]) {
      await typed(t, `create ${command}`);
    }
    const { spec } = await note(t, 'deployments', 'web');
    assert.deepEqual(spec.selector, { matchLabels: { app: 'web' } });
    await note(t, 'secrets', 'pull');
    await note(t, 'ingresses', 'web');
    await note(t, 'cronjobs', 'nightly');
  },

  'create and replace from files, well-formed or not': async t => {
    const create = (input: string, more = '') =>
      typed(t, `create -f -${more}`, { input });
    await create(text(configMap('a'), configMap('b')));
    await create(text(configMap('a'), configMap('c')));
    await create('kind: [');
    await create('{}');
    await create(text({ apiVersion: 'v2', kind: 'Pod', metadata: {} }));
    await create(text({ ...configMap('d'), wombat: 1 }));
    await create(text({ ...configMap('d'), wombat: 1 }), ' --validate=warn');
    await create(text({ ...configMap('e'), wombat: 1 }), ' --validate=ignore');
    await create(text({ ...configMap('f'), data: { k: 5 } }));
    await create(text(web({ replicas: -1 })));
    await create(text(web({ podSpec: { containers: [] } })));
    await create(text(web()));
    const replace = (input: string, more = '') =>
      typed(t, `replace -f -${more}`, { input });
    await replace(text(configMap('a', { data: { k: 'v' } })));
    await replace(text(configMap('nowhere')));
    const { metadata } = await t.read('configmaps', 'b');
    const old = { resourceVersion: metadata.resourceVersion };
    await t.merge('configmaps', 'b', { data: { k: 'v' } });
    await replace(text(configMap('b', { metadata: old })));
    const { spec } = web();
    spec.selector.matchLabels = { app: 'other' };
    spec.template.metadata.labels = { app: 'other' };
    await replace(text({ ...web(), spec }));
    await replace(text({ ...web(), spec }), ' --force --grace-period=0');
    assert.deepEqual((await note(t, 'deployments', 'web')).spec.selector, {
      matchLabels: { app: 'other' },
    });
  },

  'apply makes, changes and forgets fields, and prunes': async t => {
    const apply = (more: string, ...objects: object[]) =>
      typed(t, `apply -f -${more}`, { input: text(...objects) });
    const object = web({ labels: { x: 'y', team: 'shop' } });
    object.spec.template.spec.containers[0].env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    await apply(' --dry-run=server', object, configMap('a'));
    await apply(' --dry-run=client', object, configMap('a'));
    await apply('', object, configMap('a', { data: { k: 'v', l: 'w' } }));
    await apply('', object);
    await t.merge('deployments', 'web', {
      metadata: { labels: { kept: 'yes' } },
    });
    delete object.metadata.labels.x;
    object.spec.template.spec.containers[0].env.shift();
    object.spec.template.spec.containers[0].image = 'shop/cart:2.0.0';
    object.spec.strategy = { type: 'Recreate' };
    await apply('', object, configMap('a', { data: { k: 'w' } }));
    const { metadata, spec } = await note(t, 'deployments', 'web');
    assert.deepEqual(metadata.labels, {
      app: 'web',
      team: 'shop',
      kept: 'yes',
    });
    assert.deepEqual(spec.template.spec.containers[0].env, [
      { name: 'B', value: '2' },
    ]);
    assert.deepEqual((await note(t, 'configmaps', 'a')).data, { k: 'w' });
    await typed(t, 'apply view-last-applied cm/a');
    object.spec.selector.matchLabels = { app: 'other' };
    await apply('', object);
    await apply('', { ...configMap('a'), wombat: 1 });
    await apply('', { ...configMap('a'), immutable: 'yes' });
    const labelled = (name: string) =>
      configMap(name, { labels: { part: 'all' } });
    await apply(' --prune -l part=all', labelled('p1'), labelled('p2'));
    await apply(
      ' --prune -l part=all --prune-allowlist=core/v1/ConfigMap',
      labelled('p1'),
    );
    assert.equal((await t.client.get(t.path('configmaps', 'p2'))).status, 404);
    await t.create('configmaps', configMap('plain'));
    await apply('', configMap('plain', { data: { k: 'v' } }));
  },

  'apply on the server tells of conflicts, and takes by force': async t => {
    const apply = (more: string, object: object) =>
      typed(t, `apply --server-side -f -${more}`, { input: text(object) });
    await apply('', web());
    await apply('', web());
    await typed(t, 'scale deployment/web --replicas=1');
    await apply('', web());
    await apply(' --field-manager=robot', web({ image: 'shop/cart:2.0.0' }));
    await apply(
      ' --field-manager=robot --force-conflicts --dry-run=server',
      web(),
    );
    assert.equal((await t.read('deployments', 'web')).spec.replicas, 1);
    await apply(' --field-manager=robot --force-conflicts', web());
    assert.equal((await t.read('deployments', 'web')).spec.replicas, 0);
    await apply('', { ...configMap('a'), wombat: 1 });
    await apply('', configMap('a', { data: { k: 'v', l: 'w' } }));
    await apply('', configMap('a', { data: { l: 'w' } }));
    assert.deepEqual((await note(t, 'configmaps', 'a')).data, { l: 'w' });
    await typed(t, 'get cm a -o yaml --show-managed-fields');
  },

  'diff says what apply would do': async t => {
    const diff = async (more: string, object: object) => {
      const result = await typed(t, `diff -f -${more}`, {
        input: text(object),
        // The header of each file names where and when it was written.
        leaveOut: /^(?:diff -u|---|\+\+\+) .*$/,
      });
      return result.code;
    };
    await typed(t, 'apply -f -', { input: text(web()) });
    assert.equal(await diff('', web()), 0);
    const changed = web({ image: 'shop/cart:2.0.0', labels: { a: 'b' } });
    assert.equal(await diff('', changed), 1);
    assert.equal(await diff('', configMap('new', { data: { k: 'v' } })), 1);
    assert.equal(await diff(' --server-side', web({ replicas: 2 })), 1);
    await diff('', web({ replicas: -1 }));
    assert.equal((await t.read('deployments', 'web')).metadata.generation, 1);
  },

  'set, scale, expose and autoscale': async t => {
    await t.create('deployments', web());
    for (const command of [
      'set image deployment/web main=shop/cart:2.0.0',
      'set image deployment/web main=shop/cart:2.0.0',
      'set image deployment/web other=shop/cart:2.0.0',
      "set image deployment -l app=web '*=shop/cart:3.0.0'",
      'set env deployment/web A=1 B=2',
      'set env deployment/web A-',
      'set env deployment/web --list',
      'set resources deployment/web --limits=cpu=200m,memory=512Mi --requests=cpu=100m',
      'set serviceaccount deployment/web default',
      'set selector service/web app=x --dry-run=client -o name',
      'scale deployment/web --replicas=0',
      'scale deployment/web --replicas=2 --current-replicas=5',
      'scale deployment/web --replicas=-1',
      'scale deployment/nowhere --replicas=1',
      'scale deployment --all --replicas=0',
      'expose deployment/web --port=80 --target-port=8080',
      'expose deployment/web --port=80 --name=web-nodes --type=NodePort --dry-run=server',
      'expose deployment/web',
      'autoscale deployment/web --min=1 --max=3 --cpu=80%',
      'autoscale deployment/web --min=3 --max=1 --name=wrong',
    ]) {
      await typed(t, command);
    }
    const { spec } = await note(t, 'deployments', 'web');
    assert.equal(spec.template.spec.containers[0].image, 'shop/cart:3.0.0');
    assert.deepEqual(spec.template.spec.containers[0].env, [
      { name: 'B', value: '2' },
    ]);
    await note(t, 'services', 'web');
    await note(t, 'horizontalpodautoscalers', 'web');
  },

  'label, annotate and patch': async t => {
    await t.create('deployments', web());
    await t.create('configmaps', configMap('a', { labels: { team: 'shop' } }));
    for (const command of [
      'label cm/a app=x',
      'label cm/a app=y',
      'label cm/a app=y --overwrite',
      'label cm/a team-',
      'label cm/a team-',
      "label cm/a 'no spaces=1'",
      "label cm/a 'app=no spaces' --overwrite",
      'label cm a tier=back',
      'label cm -l tier=back tier=front --overwrite --resource-version=1',
      'label cm/nowhere a=b',
      'annotate cm/a example.com/a=b note=c',
      'annotate cm/a note-',
      'annotate cm/a example.com/a=c',
      `patch deployment web -p '{"spec":{"minReadySeconds":5}}'`,
      `patch deployment web -p '{"spec":{"minReadySeconds":5}}'`,
      `patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"x"}]}}}}'`,
      `patch deployment web --type=merge -p '{"spec":{"paused":true,"minReadySeconds":null}}'`,
      `patch deployment web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":0},{"op":"remove","path":"/spec/paused"}]'`,
      `patch deployment web --type=json -p '[{"op":"test","path":"/spec/replicas","value":7}]'`,
      `patch deployment web --type=json -p '[{"op":"remove","path":"/spec/wombat"}]'`,
      `patch deployment web -p '{"spec":{"replicas":"many"}}'`,
      `patch deployment web -p '{"spec":{"wombat":1}}'`,
      `patch deployment web --subresource=scale --type=merge -p '{"spec":{"replicas":0}}'`,
      `patch deployment web --subresource=status --type=merge -p '{"status":{"observedGeneration":7}}'`,
      `patch deployment nowhere -p '{}'`,
      `patch deployment web -p '{'`,
    ]) {
      await typed(t, command);
    }
    const { spec } = await note(t, 'deployments', 'web');
    assert.equal(spec.template.spec.containers.length, 2);
    assert.equal(spec.minReadySeconds, undefined);
    await note(t, 'configmaps', 'a');
  },

  'edit writes what the editor leaves': async t => {
    await t.create('deployments', web());
    await t.create('configmaps', configMap('a', { data: { k: 'old' } }));
    await typed(t, 'edit cm/a', { editor: 'sed -i s/old/new/' });
    assert.deepEqual((await t.read('configmaps', 'a')).data, { k: 'new' });
    await typed(t, 'edit cm/a', { editor: 'true' });
    await typed(t, 'edit cm/a', { editor: 'false' });
    await typed(t, 'edit deploy/web', {
      editor: 'sed -i s/minReadySeconds.*//;s/cart:1.0.0/cart:2.0.0/',
    });
    await typed(t, 'edit deploy/web -o json', {
      editor: 'sed -i s/cart:2.0.0/cart:3.0.0/',
    });
    const { spec } = await note(t, 'deployments', 'web');
    assert.equal(spec.template.spec.containers[0].image, 'shop/cart:3.0.0');
    await typed(t, 'edit deploy/nowhere', { editor: 'true' });
  },

  'delete by name, file, label and all': async t => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await t.create('configmaps', configMap(name, { labels: { in: name } }));
    }
    await t.create('services', service('web'));
    for (const command of [
      'delete cm a',
      'delete cm a',
      'delete cm a --ignore-not-found',
      'delete cm b --dry-run=server',
      'delete cm b --dry-run=client',
      'delete cm,svc -l in=b',
      'delete cm/c svc/web --now',
      'delete cm d -o name --wait=false',
      'delete cm',
      'delete wombats --all',
      'delete cm --all --field-selector metadata.name=e',
      'delete svc web --cascade=sideways',
    ]) {
      await typed(t, command);
    }
    await typed(t, 'delete -f -', { input: text(configMap('b')) });
    const left = (await t.names('configmaps')).filter(
      name => name.length === 1,
    );
    assert.deepEqual(left, ['e']);
  },
});
