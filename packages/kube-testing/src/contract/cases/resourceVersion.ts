import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, version } from '../expectations';
import { configMap } from '../objects';

const names = (list: any) => list.items.map((it: any) => it.metadata.name);

/** Reading at, or not before, a moment. */
export const resourceVersionCases = area('resourceVersion', {
  'is one order over all kinds of a cluster': async t => {
    const one = await t.create('configmaps', configMap('a'));
    const two = await t.create('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
    });
    const three = await t.create('configmaps', configMap('b'));
    assert.ok(version(two) > version(one));
    assert.ok(version(three) > version(two));
  },

  '0 reads whatever is at hand': async t => {
    await t.create('configmaps', configMap('a'));
    const list = await t.list('configmaps', { resourceVersion: 0 });
    assert.equal(list.kind, 'ConfigMapList');
    const object = await t.client.get(t.path('configmaps', 'a'), {
      query: { resourceVersion: 0 },
    });
    assert.ok([200, 404].includes(object.status));
  },

  'NotOlderThan reads that moment or a later one': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    const list = await t.list('configmaps', {
      resourceVersion: metadata.resourceVersion,
      resourceVersionMatch: 'NotOlderThan',
    });
    assert.ok(names(list).includes('a'));
    assert.ok(version(list) >= BigInt(metadata.resourceVersion));
  },

  'Exact reads that very moment': async t => {
    await t.create('configmaps', configMap('a'));
    const { metadata } = await t.list('configmaps');
    await t.remove('configmaps', 'a');
    await t.create('configmaps', configMap('b'));
    const list = await t.list('configmaps', {
      resourceVersion: metadata.resourceVersion,
      resourceVersionMatch: 'Exact',
    });
    assert.deepEqual(names(list), ['a']);
    assert.equal(list.metadata.resourceVersion, metadata.resourceVersion);
  },

  'Exact with a limit pages through that very moment': async t => {
    for (const name of ['a', 'b', 'c']) {
      await t.create('configmaps', configMap(name));
    }
    const { metadata } = await t.list('configmaps');
    await t.remove('configmaps', 'b');
    const first = await t.list('configmaps', {
      resourceVersion: metadata.resourceVersion,
      resourceVersionMatch: 'Exact',
      limit: 1,
    });
    const rest = await t.list('configmaps', {
      continue: first.metadata.continue,
    });
    assert.deepEqual([...names(first), ...names(rest)], ['a', 'b', 'c']);
  },

  'Exact at a moment that is forgotten is 410': async t => {
    const { metadata } = await t.list('configmaps');
    await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    await t.cluster.forgetHistory();
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: {
          resourceVersion: metadata.resourceVersion,
          resourceVersionMatch: 'Exact',
        },
      }),
      {
        code: 410,
        reason: 'Expired',
        message: 'The resourceVersion for the provided list is too old.',
      },
    );
  },

  'one that has not come yet is 504, to be tried again': async t => {
    const { metadata } = await t.list('configmaps');
    const future = BigInt(metadata.resourceVersion) + 1_000_000n;
    const response = await t.client.get(t.path('configmaps'), {
      query: {
        resourceVersion: String(future),
        resourceVersionMatch: 'NotOlderThan',
      },
    });
    assertFailure(response, {
      code: 504,
      reason: 'Timeout',
      message: new RegExp(
        `^Timeout: Too large resource version: ${future}, current: \\d+$`,
      ),
      details: {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    });
    assert.equal(response.headers['retry-after'], '1');
  },

  'one that is no number is 400': async t => {
    const response = await t.client.get(t.path('configmaps'), {
      query: { resourceVersion: 'abc' },
    });
    assertFailure(response, {
      code: 400,
      reason: 'BadRequest',
      message:
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    });
  },

  'a match without a resourceVersion is 422': async t => {
    const message =
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: { resourceVersionMatch: 'Exact' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message: `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${message}`,
        details: {
          group: 'meta.k8s.io',
          kind: 'ListOptions',
          causes: [
            {
              reason: 'FieldValueForbidden',
              message,
              field: 'resourceVersionMatch',
            },
          ],
        },
      },
    );
  },

  'Exact at 0 is 422': async t => {
    const response = await t.client.get(t.path('configmaps'), {
      query: { resourceVersion: 0, resourceVersionMatch: 'Exact' },
    });
    assert.equal(response.status, 422);
    assert.deepEqual(response.body.details.causes, [
      {
        reason: 'FieldValueForbidden',
        message:
          'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        field: 'resourceVersionMatch',
      },
    ]);
  },
});
