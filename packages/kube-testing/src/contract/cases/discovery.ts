import assert from 'node:assert/strict';
import { request } from 'node:https';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { configMap } from '../objects';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

function resourceNamed(list: any, name: string): any {
  const found = list.resources.find((it: any) => it.name === name);
  if (found?.storageVersionHash) {
    found.storageVersionHash = '<hash>';
  }
  return found;
}

/** Which groups, versions and resources there are, and in which forms they are given. */
export const discoveryCases = area('discovery', {
  'the server says its version': async t => {
    const version = await t.ok('/version');
    assert.equal(version.major, '1');
    assert.match(version.minor, /^\d+$/);
    assert.match(version.gitVersion, /^v1\.\d+\.\d+/);
  },

  'liveness, readiness and health are plain "ok"': async t => {
    for (const path of ['/livez', '/readyz', '/healthz']) {
      const response = await t.client.get(path);
      assert.equal(response.status, 200, path);
      assert.equal(response.text, 'ok', path);
      assert.match(response.headers['content-type'], /^text\/plain/);
    }
  },

  'HTTP/1.1 is answered as well as HTTP/2': async t => {
    const { url, caPem, token } = t.cluster;
    const answer = await new Promise<any>((resolve, reject) => {
      request(
        `${url}/version`,
        {
          ca: caPem,
          agent: false,
          headers: { authorization: `Bearer ${token}` },
        },
        response => {
          response.resume();
          response.on('end', () => resolve(response));
        },
      )
        .on('error', reject)
        .end();
    });
    assert.equal(answer.httpVersion, '1.1');
    assert.equal(answer.statusCode, 200);
  },

  'the core group has version v1': async t => {
    const body = await t.ok('/api');
    assert.equal(body.kind, 'APIVersions');
    assert.deepEqual(body.versions, ['v1']);
  },

  'named groups are listed with their preferred version': async t => {
    const body = await t.ok('/apis');
    assert.equal(body.kind, 'APIGroupList');
    assert.equal(body.apiVersion, 'v1');
    for (const name of ['apps', 'discovery.k8s.io']) {
      const version = { groupVersion: `${name}/v1`, version: 'v1' };
      assert.deepEqual(
        body.groups.find((it: any) => it.name === name),
        { name, versions: [version], preferredVersion: version },
      );
    }
  },

  'a group is described by itself': async t => {
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    assert.deepEqual(await t.ok('/apis/apps'), {
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: 'apps',
      versions: [version],
      preferredVersion: version,
    });
  },

  'core resources come with verbs, scope and short names': async t => {
    const list = await t.ok('/api/v1');
    assert.equal(list.kind, 'APIResourceList');
    assert.equal(list.groupVersion, 'v1');
    assert.deepEqual(resourceNamed(list, 'configmaps'), {
      name: 'configmaps',
      singularName: 'configmap',
      namespaced: true,
      kind: 'ConfigMap',
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
      shortNames: ['cm'],
      storageVersionHash: '<hash>',
    });
    assert.deepEqual(resourceNamed(list, 'namespaces'), {
      name: 'namespaces',
      singularName: 'namespace',
      namespaced: false,
      kind: 'Namespace',
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['ns'],
      storageVersionHash: '<hash>',
    });
    assert.deepEqual(resourceNamed(list, 'pods/status'), {
      name: 'pods/status',
      singularName: '',
      namespaced: true,
      kind: 'Pod',
      verbs: ['get', 'patch', 'update'],
    });
  },

  'subresources name the kind that they speak': async t => {
    const list = await t.ok('/apis/apps/v1');
    assert.deepEqual(resourceNamed(list, 'deployments'), {
      name: 'deployments',
      singularName: 'deployment',
      namespaced: true,
      kind: 'Deployment',
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
      shortNames: ['deploy'],
      categories: ['all'],
      storageVersionHash: '<hash>',
    });
    assert.deepEqual(resourceNamed(list, 'deployments/scale'), {
      name: 'deployments/scale',
      singularName: '',
      namespaced: true,
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    });
  },

  'discovery is given at once to those who ask for it so': async t => {
    const response = await t.client.get('/apis', {
      headers: { accept: `${AGGREGATED},application/json` },
    });
    assert.equal(response.headers['content-type'], AGGREGATED);
    assert.equal(response.body.kind, 'APIGroupDiscoveryList');
    assert.equal(response.body.apiVersion, 'apidiscovery.k8s.io/v2');
    const apps = response.body.items.find(
      (it: any) => it.metadata.name === 'apps',
    );
    const deployments = apps.versions[0].resources.find(
      (it: any) => it.resource === 'deployments',
    );
    // Empty: the same as the group and version that they are listed under.
    assert.deepEqual(deployments.responseKind, {
      group: '',
      version: '',
      kind: 'Deployment',
    });
    assert.equal(deployments.scope, 'Namespaced');
    assert.deepEqual(
      deployments.subresources.map((it: any) => it.subresource).sort(),
      ['scale', 'status'],
    );
  },

  'an unknown group is 404 in plain text': async t => {
    const response = await t.client.get('/apis/nope.example/v1');
    assert.equal(response.status, 404);
    assert.equal(response.text, '404 page not found\n');
  },

  'an unknown resource is 404': async t => {
    const response = await t.client.get(
      `/api/v1/namespaces/${t.namespace}/wombats`,
    );
    assertFailure(response, {
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
      details: {},
    });
  },

  'OpenAPI v3 lists a document per group version': async t => {
    const { text } = await t.client.get('/openapi/v3');
    const { paths } = JSON.parse(text);
    for (const path of ['api/v1', 'apis/apps/v1']) {
      assert.match(
        paths[path].serverRelativeURL,
        new RegExp(`^/openapi/v3/${path}(\\?hash=|$)`),
      );
    }
  },

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
