import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { applied, ownersOf } from '../fieldOwners';
import { configMap, service } from '../objects';

/** A CronJob that never runs: no controller writes to it, and it has a pod's template. */
function cronJob(containers: any[], template: object = {}): any {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: {
      schedule: '0 0 1 1 *',
      suspend: true,
      jobTemplate: {
        spec: {
          template: {
            spec: { restartPolicy: 'Never', containers, ...template },
          },
        },
      },
    },
  };
}

const containersOf = (object: any): any[] =>
  object.spec.jobTemplate.spec.template.spec.containers;
const main = (more: object = {}) => ({
  name: 'main',
  image: 'shop/cart:1.0.0',
  ...more,
});

/** How an apply merges lists, sets and templates. */
export const applyListCases = area('apply of lists', {
  'does not own defaults': async t => {
    const created = await applied(t, 'cronjobs', cronJob([main()]));
    assert.equal(created.spec.concurrencyPolicy, 'Allow');
    assert.equal(containersOf(created)[0].imagePullPolicy, 'IfNotPresent');
    assert.deepEqual(ownersOf(created), {
      'me Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=main]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].image',
        'spec.jobTemplate.spec.template.spec.containers[name=main].name',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
    });
  },

  'merges lists by their keys': async t => {
    await applied(
      t,
      'cronjobs',
      cronJob([
        main({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '1' },
          ],
        }),
        { name: 'second', image: 'shop/second:1' },
      ]),
    );
    const merged = await applied(
      t,
      'cronjobs',
      cronJob([
        { name: 'third', image: 'shop/third:1' },
        { name: 'main', env: [{ name: 'C', value: '1' }] },
      ]),
      { manager: 'you' },
    );
    assert.deepEqual(
      containersOf(merged).map(it => it.name),
      ['third', 'main', 'second'],
    );
    assert.deepEqual(
      containersOf(merged)
        .find(it => it.name === 'main')
        .env.map((it: any) => it.name),
      ['A', 'B', 'C'],
    );
    assert.deepEqual(ownersOf(merged), {
      'me Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=main]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=A]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=A].name',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=A].value',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=B]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=B].name',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=B].value',
        'spec.jobTemplate.spec.template.spec.containers[name=main].image',
        'spec.jobTemplate.spec.template.spec.containers[name=main].name',
        'spec.jobTemplate.spec.template.spec.containers[name=second]',
        'spec.jobTemplate.spec.template.spec.containers[name=second].image',
        'spec.jobTemplate.spec.template.spec.containers[name=second].name',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
      'you Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=main]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=C]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=C].name',
        'spec.jobTemplate.spec.template.spec.containers[name=main].env[name=C].value',
        'spec.jobTemplate.spec.template.spec.containers[name=main].name',
        'spec.jobTemplate.spec.template.spec.containers[name=third]',
        'spec.jobTemplate.spec.template.spec.containers[name=third].image',
        'spec.jobTemplate.spec.template.spec.containers[name=third].name',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
    });
  },

  'takes the order of items from what is applied': async t => {
    const named = (...names: string[]) =>
      cronJob(names.map(name => ({ name, image: `shop/${name}:1` })));
    await applied(t, 'cronjobs', named('a', 'b', 'c', 'd'));
    const orders: string[][] = [];
    for (const [manager, ...names] of [
      ['you', 'd', 'b'],
      ['you', 'b', 'x', 'd'],
      ['me', 'd', 'c', 'b', 'a'],
      ['you', 'y', 'a', 'z'],
    ]) {
      const object = await applied(t, 'cronjobs', named(...names), { manager });
      orders.push(containersOf(object).map(it => it.name));
    }
    assert.deepEqual(orders, [
      ['a', 'c', 'd', 'b'],
      ['a', 'c', 'b', 'x', 'd'],
      ['x', 'd', 'c', 'b', 'a'],
      ['d', 'c', 'b', 'y', 'a', 'z'],
    ]);
  },

  'removes an item that is left out': async t => {
    await applied(
      t,
      'cronjobs',
      cronJob([main(), { name: 'second', image: 'shop/second:1' }]),
    );
    const left = await applied(t, 'cronjobs', cronJob([main()]));
    assert.deepEqual(
      containersOf(left).map(it => it.name),
      ['main'],
    );
    assert.deepEqual(ownersOf(left), {
      'me Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=main]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].image',
        'spec.jobTemplate.spec.template.spec.containers[name=main].name',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
    });
  },

  'keeps an item that others have a field of': async t => {
    await applied(
      t,
      'cronjobs',
      cronJob([main(), { name: 'second', image: 'shop/second:1' }]),
    );
    await applied(
      t,
      'cronjobs',
      cronJob([{ name: 'second', image: 'shop/second:1', tty: true }]),
      { manager: 'you' },
    );
    const left = await applied(t, 'cronjobs', cronJob([main()]));
    assert.deepEqual(
      containersOf(left)
        .map(it => it.name)
        .sort(),
      ['main', 'second'],
    );
    assert.deepEqual(ownersOf(left), {
      'me Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=main]',
        'spec.jobTemplate.spec.template.spec.containers[name=main].image',
        'spec.jobTemplate.spec.template.spec.containers[name=main].name',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
      'you Apply batch/v1': [
        'spec.jobTemplate.spec.template.spec.containers[name=second]',
        'spec.jobTemplate.spec.template.spec.containers[name=second].image',
        'spec.jobTemplate.spec.template.spec.containers[name=second].name',
        'spec.jobTemplate.spec.template.spec.containers[name=second].tty',
        'spec.jobTemplate.spec.template.spec.restartPolicy',
        'spec.schedule',
        'spec.suspend',
      ],
    });
  },

  'tells ports apart by number and protocol': async t => {
    await applied(
      t,
      'services',
      service('a', {
        ports: [
          { name: 'tcp', port: 53 },
          { name: 'udp', port: 53, protocol: 'UDP' },
        ],
      }),
    );
    const left = await applied(
      t,
      'services',
      service('a', {
        ports: [{ name: 'udp', port: 53, protocol: 'UDP', targetPort: 5353 }],
      }),
    );
    assert.deepEqual(
      left.spec.ports.map((it: any) => [it.name, it.targetPort]),
      [['udp', 5353]],
    );
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': [
        'spec.ports[port=53,protocol=UDP]',
        'spec.ports[port=53,protocol=UDP].name',
        'spec.ports[port=53,protocol=UDP].port',
        'spec.ports[port=53,protocol=UDP].protocol',
        'spec.ports[port=53,protocol=UDP].targetPort',
        'spec.selector',
      ],
    });
  },

  'merges sets': async t => {
    const withFinalizers = (...finalizers: string[]) =>
      configMap('a', { metadata: { finalizers } });
    await applied(
      t,
      'configmaps',
      withFinalizers('example.com/b', 'example.com/c'),
    );
    const both = await applied(
      t,
      'configmaps',
      withFinalizers('example.com/a', 'example.com/c'),
      { manager: 'you' },
    );
    assert.deepEqual(both.metadata.finalizers, [
      'example.com/b',
      'example.com/a',
      'example.com/c',
    ]);
    assert.deepEqual(ownersOf(both), {
      'me Apply v1': [
        'metadata.finalizers[=example.com/b]',
        'metadata.finalizers[=example.com/c]',
      ],
      'you Apply v1': [
        'metadata.finalizers[=example.com/a]',
        'metadata.finalizers[=example.com/c]',
      ],
    });
    const left = await applied(
      t,
      'configmaps',
      withFinalizers('example.com/b'),
    );
    assert.deepEqual(left.metadata.finalizers, [
      'example.com/b',
      'example.com/a',
      'example.com/c',
    ]);
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': ['metadata.finalizers[=example.com/b]'],
      'you Apply v1': [
        'metadata.finalizers[=example.com/a]',
        'metadata.finalizers[=example.com/c]',
      ],
    });
    await t.merge('configmaps', 'a', { metadata: { finalizers: null } });
  },

  'replaces what is one field as a whole': async t => {
    const selecting = (selector: object) => service('a', { selector });
    await applied(t, 'services', selecting({ app: 'a', tier: 'web' }));
    const replaced = await applied(t, 'services', selecting({ app: 'b' }));
    assert.deepEqual(replaced.spec.selector, { app: 'b' });
    assert.deepEqual(ownersOf(replaced), {
      'me Apply v1': [
        'spec.ports[port=80,protocol=TCP]',
        'spec.ports[port=80,protocol=TCP].port',
        'spec.selector',
      ],
    });
  },
});
