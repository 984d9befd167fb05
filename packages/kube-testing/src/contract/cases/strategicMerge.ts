import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { configMap, deployment } from '../objects';

const STRATEGIC = 'application/strategic-merge-patch+json';

async function strategic(
  t: ContractContext,
  resource: string,
  name: string,
  body: object,
): Promise<any> {
  return t.ok(t.path(resource, name), {
    method: 'PATCH',
    contentType: STRATEGIC,
    body,
  });
}

async function patchContainers(
  t: ContractContext,
  containers: object[],
  more: object = {},
): Promise<any[]> {
  const { spec } = await strategic(t, 'deployments', 'web', {
    spec: { template: { spec: { containers, ...more } } },
  });
  return spec.template.spec.containers;
}

async function twoContainers(t: ContractContext): Promise<void> {
  const object = deployment('web', { replicas: 0 });
  object.spec.template.spec.containers = [
    {
      name: 'main',
      image: 'shop/cart:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      args: ['one', 'two'],
      ports: [{ name: 'http', containerPort: 80 }],
    },
    { name: 'proxy', image: 'shop/proxy:1' },
  ];
  await t.create('deployments', object);
}

const values = (list: any[]) => list.map(it => `${it.name}=${it.value}`);
const images = (list: any[]) => list.map(it => `${it.name} ${it.image}`);

/** Strategic merge patches: lists with keys, and the directives. */
export const strategicMergeCases = area('strategic merge patch', {
  'merges lists by their key': async t => {
    await twoContainers(t);
    const containers = await patchContainers(t, [
      { name: 'main', image: 'shop/cart:2' },
    ]);
    assert.deepEqual(images(containers), [
      'main shop/cart:2',
      'proxy shop/proxy:1',
    ]);
    assert.deepEqual(values(containers[0].env), ['A=1', 'B=2']);
  },

  'puts new elements of a keyed list first': async t => {
    await twoContainers(t);
    const containers = await patchContainers(t, [
      { name: 'log', image: 'shop/log:1' },
    ]);
    assert.deepEqual(
      containers.map(it => it.name),
      ['log', 'main', 'proxy'],
    );
  },

  'merges lists inside elements': async t => {
    await twoContainers(t);
    const [main] = await patchContainers(t, [
      {
        name: 'main',
        env: [
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
        ports: [{ containerPort: 81, name: 'admin' }],
      },
    ]);
    assert.deepEqual(values(main.env).sort(), ['A=1', 'B=3', 'C=4']);
    assert.deepEqual(
      main.ports.map((it: any) => it.containerPort).sort(),
      [80, 81],
    );
  },

  'replaces lists without a key': async t => {
    await twoContainers(t);
    const [main] = await patchContainers(t, [
      { name: 'main', args: ['three'] },
    ]);
    assert.deepEqual(main.args, ['three']);
  },

  'removes fields with null': async t => {
    await twoContainers(t);
    const [main] = await patchContainers(t, [{ name: 'main', args: null }]);
    assert.equal(main.args, undefined);
  },

  '$patch: delete removes an element': async t => {
    await twoContainers(t);
    const containers = await patchContainers(t, [
      { name: 'proxy', $patch: 'delete' },
    ]);
    assert.deepEqual(images(containers), ['main shop/cart:1']);
  },

  '$patch: replace replaces a keyed list': async t => {
    await twoContainers(t);
    const containers = await patchContainers(t, [
      { name: 'only', image: 'shop/only:1' },
      { $patch: 'replace' },
    ]);
    assert.deepEqual(images(containers), ['only shop/only:1']);
  },

  '$patch: replace replaces a map': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1', y: '2' } }));
    const { data } = await strategic(t, 'configmaps', 'a', {
      data: { $patch: 'replace', z: '3' },
    });
    assert.deepEqual(data, { z: '3' });
  },

  '$setElementOrder puts a list in order': async t => {
    await twoContainers(t);
    const containers = await patchContainers(
      t,
      [{ name: 'log', image: 'shop/log:1' }],
      {
        '$setElementOrder/containers': [
          { name: 'proxy' },
          { name: 'log' },
          { name: 'main' },
        ],
      },
    );
    assert.deepEqual(
      containers.map(it => it.name),
      ['proxy', 'log', 'main'],
    );
  },

  '$deleteFromPrimitiveList takes values out of a list': async t => {
    await t.create(
      'configmaps',
      configMap('a', {
        metadata: { finalizers: ['example.com/a', 'example.com/b'] },
      }),
    );
    const added = await strategic(t, 'configmaps', 'a', {
      metadata: { finalizers: ['example.com/c'] },
    });
    assert.deepEqual([...added.metadata.finalizers].sort(), [
      'example.com/a',
      'example.com/b',
      'example.com/c',
    ]);
    const { metadata } = await strategic(t, 'configmaps', 'a', {
      metadata: {
        '$deleteFromPrimitiveList/finalizers': [
          'example.com/a',
          'example.com/c',
        ],
      },
    });
    assert.deepEqual(metadata.finalizers, ['example.com/b']);
  },

  '$retainKeys drops the fields that it does not name': async t => {
    await twoContainers(t);
    const { spec } = await strategic(t, 'deployments', 'web', {
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
    });
    assert.deepEqual(spec.strategy, { type: 'Recreate' });
  },

  'a change of the strategy alone is refused for what it leaves': async t => {
    await twoContainers(t);
    const response = await t.client.patch(
      t.path('deployments', 'web'),
      'strategic-merge',
      { spec: { strategy: { type: 'Recreate' } } },
    );
    assert.equal(response.status, 422);
    assert.deepEqual(response.body.details.causes, [
      {
        reason: 'FieldValueForbidden',
        message:
          "Forbidden: may not be specified when strategy `type` is 'Recreate'",
        field: 'spec.strategy.rollingUpdate',
      },
    ]);
  },
});
