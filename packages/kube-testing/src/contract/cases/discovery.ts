import assert from 'node:assert/strict';
import { request } from 'node:https';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { AGGREGATED_DISCOVERY } from '../mediaTypes';

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
      headers: { accept: `${AGGREGATED_DISCOVERY},application/json` },
    });
    assert.equal(response.headers['content-type'], AGGREGATED_DISCOVERY);
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
});
