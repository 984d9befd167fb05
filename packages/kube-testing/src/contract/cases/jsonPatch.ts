import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { configMap, deployment } from '../objects';

/** Every operation of a JSON patch, well and badly used; what each is answered is compared. */
export const jsonPatchCases = area('JSON patch', {
  'operations that fit': async t => {
    await t.create(
      'configmaps',
      configMap('a', {
        data: { a: '1' },
        metadata: { annotations: { 'x/y': '2' } },
        labels: { app: 'x' },
      }),
    );
    const operations: object[][] = [
      [{ op: 'copy', from: '/data/a', path: '/data/b' }],
      [{ op: 'move', from: '/data/b', path: '/data/c' }],
      [{ op: 'test', path: '/metadata/annotations/x~1y', value: '2' }],
      [{ op: 'replace', path: '/metadata/annotations/x~1y', value: '4' }],
      [{ op: 'test', path: '/nope~01', value: null }],
      [{ op: 'replace', path: '/data/new', value: 'made' }],
      [{ op: 'test', path: '/immutable', value: null }],
      [],
      [{ op: 'add', path: '/metadata/labels', value: null }],
      [{ op: 'add', path: '/binaryData', value: { b: 'eA==' } }],
      [{ op: 'remove', path: '/binaryData' }],
      [
        { op: 'add', path: '/metadata/finalizers', value: ['example.com/a'] },
        { op: 'add', path: '/metadata/finalizers/0', value: 'example.com/b' },
        { op: 'add', path: '/metadata/finalizers/-', value: 'example.com/c' },
        {
          op: 'move',
          from: '/metadata/finalizers/0',
          path: '/metadata/finalizers/2',
        },
        {
          op: 'copy',
          from: '/metadata/finalizers/2',
          path: '/metadata/finalizers/-',
        },
        { op: 'remove', path: '/metadata/finalizers/3' },
        {
          op: 'replace',
          path: '/metadata/finalizers/0',
          value: 'example.com/d',
        },
        { op: 'remove', path: '/metadata/finalizers/-1' },
      ],
      [{ op: 'remove', path: '/metadata/finalizers' }],
    ];
    for (const body of operations) {
      const path = t.path('configmaps', 'a');
      const response = await t.client.patch(path, 'json', body);
      assert.equal(response.status, 200, JSON.stringify(body));
    }
    assert.deepEqual((await t.read('configmaps', 'a')).data, {
      a: '1',
      c: '1',
      new: 'made',
    });
  },

  'operations that do not fit': async t => {
    await t.create('configmaps', configMap('a', { data: { a: '1' } }));
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const refused: unknown[] = [
      [{ op: 'remove', path: '/data/nope' }],
      [{ op: 'remove', path: '/nope/deeper' }],
      [{ op: 'replace', path: '/nope/deeper', value: 1 }],
      [{ op: 'add', path: '/nope/deeper', value: 1 }],
      [{ op: 'add', path: 'data/b', value: '1' }],
      [{ op: 'add', path: '', value: {} }],
      [{ op: 'remove', path: '' }],
      [{ op: 'add', path: '/data/b' }],
      [{ op: 'copy', from: '/data/nope', path: '/data/b' }],
      [{ op: 'copy', path: '/data/b' }],
      [{ op: 'move', from: '/data/nope', path: '/data/b' }],
      [{ op: 'move', path: '/data/b' }],
      [{ op: 'test', path: '/data/a', value: '2' }],
      [{ op: 'test', path: '/data/nope', value: '2' }],
      [{ op: 'test', path: '/data/a' }],
      [{ op: 'wombat', path: '/data/a' }],
      [{ path: '/data/a' }],
      [{ op: 'replace', value: 1 }],
      [{}],
      [null],
      [1],
      ['add'],
      {},
      'null',
      '1',
      '[',
      '',
    ];
    for (const body of refused) {
      const response = await t.client.patch(
        t.path('configmaps', 'a'),
        'json',
        body,
      );
      t.transcript.note(JSON.stringify(body), response.status);
    }
    const lists: object[][] = [
      [{ op: 'add', path: '/spec/template/spec/containers/5', value: {} }],
      [{ op: 'add', path: '/spec/template/spec/containers/x', value: {} }],
      [{ op: 'remove', path: '/spec/template/spec/containers/1' }],
      [{ op: 'remove', path: '/spec/template/spec/containers/-' }],
      [{ op: 'replace', path: '/spec/template/spec/containers/1', value: {} }],
      [{ op: 'test', path: '/spec/template/spec/containers/1', value: {} }],
      [{ op: 'replace', path: '/metadata/name', value: 'other' }],
      [{ op: 'replace', path: '/metadata/uid', value: 'other' }],
      [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
      [
        {
          op: 'replace',
          path: '/spec/selector/matchLabels',
          value: { a: 'b' },
        },
      ],
    ];
    for (const body of lists) {
      const response = await t.client.patch(
        t.path('deployments', 'web'),
        'json',
        body,
      );
      assert.ok(response.status >= 400, JSON.stringify(body));
    }
    assert.deepEqual((await t.read('configmaps', 'a')).data, {
      a: '1',
      // What is copied and is not there is nothing.
      b: '',
    });
    assert.equal((await t.read('deployments', 'web')).metadata.generation, 1);
  },

  'a patch longer than anybody needs is 413': async t => {
    await t.create('configmaps', configMap('a'));
    const body = Array.from({ length: 10_001 }, () => ({
      op: 'test',
      path: '/kind',
      value: 'ConfigMap',
    }));
    const response = await t.client.patch(
      t.path('configmaps', 'a'),
      'json',
      body,
    );
    assert.equal(response.status, 413);
  },
});
