import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { applied, apply, ownersOf, written } from '../fieldOwners';
import { configMap, service } from '../objects';

/** What an apply removes: what its manager applied before, leaves out now, and nobody else owns. */
export const applyRemovalCases = area('apply removal', {
  'of nothing but a name owns nothing': async t => {
    const created = await applied(t, 'configmaps', configMap('a'));
    assert.deepEqual(ownersOf(created), {});
    await applied(t, 'configmaps', configMap('a', { data: { x: '1' } }));
    const emptied = await applied(t, 'configmaps', configMap('a'));
    assert.equal(emptied.data, undefined);
    assert.deepEqual(ownersOf(emptied), {});
  },

  'removes what its manager applied before and leaves out now': async t => {
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' }, labels: { l: '1', m: '1' } }),
    );
    const left = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' }, labels: { m: '2' } }),
    );
    assert.deepEqual(left.data, { x: '1' });
    assert.deepEqual(left.metadata.labels, { m: '2' });
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': ['data.x', 'metadata.labels.m'],
    });
  },

  'leaves what others own too': async t => {
    const object = configMap('a', { data: { x: '1', y: '1' } });
    await applied(t, 'configmaps', object);
    await applied(t, 'configmaps', object, { manager: 'you' });
    const left = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
    );
    assert.deepEqual(left.data, { x: '1', y: '1' });
    assert.deepEqual(ownersOf(left), {
      'you Apply v1 without time': ['data.x', 'data.y'],
      'me Apply v1': ['data.x'],
    });
  },

  'leaves what others have changed since': async t => {
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
    );
    await written(t, 'configmaps', {
      manager: 'you',
      name: 'a',
      patch: { data: { y: '2' } },
    });
    const left = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
    );
    assert.deepEqual(left.data, { x: '1', y: '2' });
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': ['data.x'],
      'you Update v1': ['data.y'],
    });
  },

  'leaves what nobody owns': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1', y: '1' } }));
    await written(t, 'configmaps', {
      manager: 'you',
      name: 'a',
      patch: { metadata: { managedFields: [{}] } },
    });
    const first = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
    );
    assert.deepEqual(ownersOf(first), {
      'me Apply v1 without time': ['data.x'],
      'before-first-apply Update v1': ['data', 'data.x', 'data.y'],
    });
    const left = await applied(t, 'configmaps', configMap('a'));
    assert.deepEqual(left.data, { x: '1', y: '1' });
    assert.deepEqual(ownersOf(left), {
      'before-first-apply Update v1': ['data', 'data.x', 'data.y'],
    });
  },

  'removes a whole part with its last field': async t => {
    await applied(
      t,
      'services',
      service('a', {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      }),
    );
    const left = await applied(
      t,
      'services',
      service('a', { sessionAffinity: 'None' }),
    );
    assert.equal(left.spec.sessionAffinityConfig, undefined);
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': [
        'spec.ports[port=80,protocol=TCP]',
        'spec.ports[port=80,protocol=TCP].port',
        'spec.selector',
        'spec.sessionAffinity',
      ],
    });
  },

  'sets a default anew where a field is left out': async t => {
    await applied(t, 'services', service('a', { sessionAffinity: 'ClientIP' }));
    const left = await applied(t, 'services', service('a'));
    assert.equal(left.spec.sessionAffinity, 'None');
    assert.deepEqual(ownersOf(left), {
      'me Apply v1': [
        'spec.ports[port=80,protocol=TCP]',
        'spec.ports[port=80,protocol=TCP].port',
        'spec.selector',
      ],
    });
  },

  'hands a field over': async t => {
    const object = configMap('a', { data: { x: '1' } });
    await applied(t, 'configmaps', object);
    await applied(t, 'configmaps', object, { manager: 'you' });
    const handed = await applied(t, 'configmaps', configMap('a'));
    assert.deepEqual(handed.data, { x: '1' });
    assert.deepEqual(ownersOf(handed), {
      'you Apply v1 without time': ['data.x'],
    });
  },

  'of a null leaves a field out': async t => {
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
    );
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: null as any, y: '1' } }),
    );
    assert.deepEqual(
      [response.status, response.body.data],
      [200, { x: '', y: '1' }],
    );
    assert.deepEqual(ownersOf(response.body), {
      'me Apply v1': ['data.x', 'data.y'],
    });
  },
});
