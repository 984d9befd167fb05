import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { METADATA, METADATA_LIST, TABLE } from '../mediaTypes';
import { configMap } from '../objects';

/** The forms in which objects are given. */
export const representationCases = area('representations', {
  'an object is given as metadata only': async t => {
    await t.create('configmaps', configMap('a', { data: { k: 'v' } }));
    const response = await t.client.get(t.path('configmaps', 'a'), {
      headers: { accept: METADATA },
    });
    assert.deepEqual(masked(response.body), {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: {
        name: 'a',
        namespace: t.namespace,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        creationTimestamp: '<creationTimestamp>',
      },
    });
  },

  'a list is given as metadata only': async t => {
    await t.create('configmaps', configMap('a', { data: { k: 'v' } }));
    const { body } = await t.client.get(t.path('configmaps'), {
      headers: { accept: METADATA_LIST },
    });
    assert.equal(body.kind, 'PartialObjectMetadataList');
    assert.equal(body.apiVersion, 'meta.k8s.io/v1');
    assert.equal(body.items.length, 1);
    assert.equal(body.items[0].metadata.name, 'a');
    assert.equal(body.items[0].data, undefined);
  },

  'a list is given as the table that kubectl prints': async t => {
    await t.create('configmaps', configMap('a', { data: { k: 'v', l: 'w' } }));
    const { body } = await t.client.get(t.path('configmaps'), {
      headers: { accept: `${TABLE},application/json` },
    });
    assert.equal(body.kind, 'Table');
    assert.equal(body.apiVersion, 'meta.k8s.io/v1');
    assert.deepEqual(
      body.columnDefinitions.map((it: any) => [it.name, it.type]),
      [
        ['Name', 'string'],
        ['Data', 'string'],
        ['Age', 'string'],
      ],
    );
    const [row] = body.rows;
    assert.deepEqual(row.cells.slice(0, 2), ['a', 2]);
    assert.equal(row.object.kind, 'PartialObjectMetadata');
    assert.equal(row.object.metadata.name, 'a');
  },

  'a media type that nobody has is 406': async t => {
    const response = await t.client.get(t.path('configmaps'), {
      headers: { accept: 'text/html' },
    });
    assertFailure(response, {
      code: 406,
      reason: 'NotAcceptable',
      message:
        /^406: Not Acceptable\n\nAvailable representations: application\/json/,
      details: {},
    });
  },
});
