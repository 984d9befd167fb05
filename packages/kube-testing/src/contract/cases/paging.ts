import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure, version } from '../expectations';
import { configMap } from '../objects';

const names = (list: any) => list.items.map((it: any) => it.metadata.name);

async function five(t: ContractContext): Promise<void> {
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await t.create('configmaps', configMap(name, { labels: { app: 'x' } }));
  }
}

/** Lists in pages, and that they show one moment. */
export const pagingCases = area('paging', {
  'pages make up the whole list, once each': async t => {
    await five(t);
    const pages: string[][] = [];
    let token: string | undefined;
    do {
      const page = await t.list('configmaps', { limit: 2, continue: token });
      pages.push(names(page));
      token = page.metadata.continue;
    } while (token);
    assert.deepEqual(pages, [['a', 'b'], ['c', 'd'], ['e']]);
  },

  'a page says how many are left': async t => {
    await five(t);
    const first = await t.list('configmaps', { limit: 2 });
    assert.equal(first.metadata.remainingItemCount, 3);
    const second = await t.list('configmaps', {
      limit: 2,
      continue: first.metadata.continue,
    });
    assert.equal(second.metadata.remainingItemCount, 1);
    const third = await t.list('configmaps', {
      limit: 2,
      continue: second.metadata.continue,
    });
    assert.deepEqual(Object.keys(third.metadata), ['resourceVersion']);
  },

  'with a selector it is not said how many are left': async t => {
    await five(t);
    const page = await t.list('configmaps', {
      limit: 2,
      labelSelector: 'app=x',
    });
    assert.deepEqual(names(page), ['a', 'b']);
    assert.ok(page.metadata.continue);
    assert.equal(page.metadata.remainingItemCount, undefined);
  },

  'a selector fills its pages': async t => {
    await five(t);
    for (const name of ['b', 'c', 'd']) {
      await t.merge('configmaps', name, { metadata: { labels: { app: 'y' } } });
    }
    const first = await t.list('configmaps', {
      limit: 1,
      labelSelector: 'app=x',
    });
    assert.deepEqual(names(first), ['a']);
    const second = await t.list('configmaps', {
      limit: 1,
      labelSelector: 'app=x',
      continue: first.metadata.continue,
    });
    assert.deepEqual(names(second), ['e']);
  },

  'a limit that is not reached gives no token': async t => {
    await five(t);
    for (const limit of [5, 6, 0]) {
      const list = await t.list('configmaps', { limit });
      assert.equal(list.items.length, 5);
      assert.deepEqual(Object.keys(list.metadata), ['resourceVersion']);
    }
  },

  'later pages show the moment of the first': async t => {
    await five(t);
    const first = await t.list('configmaps', { limit: 2 });
    await t.remove('configmaps', 'c');
    await t.create('configmaps', configMap('cc'));
    await t.merge('configmaps', 'd', { data: { changed: 'yes' } });
    const second = await t.list('configmaps', {
      continue: first.metadata.continue,
    });
    assert.deepEqual(names(second), ['c', 'd', 'e']);
    assert.equal(second.items[1].data, undefined);
    assert.equal(
      second.metadata.resourceVersion,
      first.metadata.resourceVersion,
    );
  },

  'all namespaces can be read in pages': async t => {
    const second = `${t.namespace}-b`;
    await t.client.post('/api/v1/namespaces', { metadata: { name: second } });
    const labels = { run: t.namespace };
    await t.create('configmaps', configMap('a', { labels }));
    for (const name of ['a', 'b']) {
      await t.client.post(
        `/api/v1/namespaces/${second}/configmaps`,
        configMap(name, { labels }),
      );
    }
    const query = { labelSelector: `run=${t.namespace}`, limit: 2 };
    const page = await t.ok('/api/v1/configmaps', { query });
    const rest = await t.ok('/api/v1/configmaps', {
      query: { ...query, continue: page.metadata.continue },
    });
    assert.deepEqual(
      [...page.items, ...rest.items].map(
        (it: any) => `${it.metadata.namespace}/${it.metadata.name}`,
      ),
      [`${second}/a`, `${second}/b`, `${t.namespace}/a`],
    );
  },

  'a token that nobody gave out is 400': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: { limit: 2, continue: 'made-up' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message: /^invalid continue token: continue key is not valid: /,
      },
    );
  },

  'a token and a resourceVersion together are 400': async t => {
    await five(t);
    const { metadata } = await t.list('configmaps', { limit: 2 });
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: {
          limit: 2,
          continue: metadata.continue,
          resourceVersion: metadata.resourceVersion,
        },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'specifying resource version is not allowed when using continue',
      },
    );
  },

  'a token whose moment is forgotten is 410, with another to go on with':
    async t => {
      await five(t);
      const first = await t.list('configmaps', { limit: 2 });
      await t.remove('configmaps', 'c');
      await t.create('configmaps', configMap('cc'));
      await t.cluster.forgetHistory();
      const response = await t.client.get(t.path('configmaps'), {
        query: { limit: 2, continue: first.metadata.continue },
      });
      assert.equal(response.status, 410);
      const { metadata, ...body } = response.body;
      assert.deepEqual(body, {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message:
          'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
        reason: 'Expired',
        code: 410,
      });
      const rest = await t.list('configmaps', { continue: metadata.continue });
      assert.deepEqual(names(rest), ['cc', 'd', 'e']);
      assert.ok(version(rest) > version(first));
    },
});
