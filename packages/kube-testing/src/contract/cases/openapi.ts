import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { RawRequestInit } from '../../client/RawKubeClient';
import { ContractContext } from '../ContractContext';

/** A document or the list of them; its whole text is no part of what is compared, because a real server serves more. */
function get(t: ContractContext, path: string, init?: RawRequestInit) {
  return t.transcript.quietly(() => t.client.get(path, init));
}

async function documents(t: ContractContext): Promise<Record<string, string>> {
  const response = await get(t, '/openapi/v3');
  assert.equal(response.status, 200);
  assert.equal(response.headers['content-type'], 'text/plain; charset=utf-8');
  const { paths } = JSON.parse(response.text);
  return Object.fromEntries(
    Object.entries<any>(paths).map(([path, it]) => [
      path,
      it.serverRelativeURL,
    ]),
  );
}

/** The documents that clients validate, explain and merge with. */
export const openApiCases = area('OpenAPI', {
  'every group version that discovery lists has a document under its hash':
    async t => {
      const urls = await documents(t);
      const { groups } = await t.ok('/apis');
      const all = [
        'api/v1',
        ...groups.flatMap((group: any) =>
          group.versions.map((it: any) => `apis/${it.groupVersion}`),
        ),
      ];
      for (const path of all) {
        assert.match(
          urls[path],
          new RegExp(`^/openapi/v3/${path}\\?hash=[0-9A-F]{128}$`),
        );
      }
    },

  'a document describes every kind and operation that discovery lists':
    async t => {
      const urls = await documents(t);
      for (const path of ['api/v1', 'apis/apps/v1', 'apis/batch/v1']) {
        const { body: document } = await get(t, urls[path]);
        assert.equal(document.openapi, '3.0.0');
        assert.deepEqual(document.info, {
          title: 'Kubernetes',
          version: '1.35',
        });
        const kinds = Object.values<any>(document.components.schemas).flatMap(
          schema =>
            (schema['x-kubernetes-group-version-kind'] ?? []).map(
              (it: any) => it.kind,
            ),
        );
        const { resources } = await t.ok(`/${path}`);
        for (const { name, kind, namespaced, verbs } of resources) {
          // No body has the kind of a request that is passed on to a pod.
          if (!verbs.includes('patch') || name.endsWith('/proxy')) {
            continue;
          }
          assert.ok(kinds.includes(kind), `${path} ${kind}`);
          const [resource, ...sub] = name.split('/');
          const place = [
            '',
            path,
            ...(namespaced ? ['namespaces/{namespace}'] : []),
            resource,
            '{name}',
            ...sub,
          ].join('/');
          const { parameters } = document.paths[place].patch;
          assert.deepEqual(
            parameters.map((it: any) => it.name).sort(),
            ['dryRun', 'fieldManager', 'fieldValidation', 'force'],
            place,
          );
        }
      }
    },

  'schemas carry descriptions, what is required, and how lists are merged':
    async t => {
      const urls = await documents(t);
      const { body } = await get(t, urls['apis/apps/v1']);
      const { schemas } = body.components;
      for (const name of [
        'apps.v1.Deployment',
        'apps.v1.StatefulSetSpec',
        'core.v1.PodSpec',
        'core.v1.Container',
        'core.v1.ContainerPort',
      ]) {
        t.transcript.note(name, schemas[`io.k8s.api.${name}`]);
      }
      const { required, properties } = schemas['io.k8s.api.core.v1.PodSpec'];
      assert.deepEqual(required, ['containers']);
      const { containers } = properties;
      assert.match(containers.description, /^List of containers belonging to/);
      assert.equal(containers['x-kubernetes-list-type'], 'map');
      assert.deepEqual(containers['x-kubernetes-list-map-keys'], ['name']);
    },

  'a document under its hash may be kept, another hash is sent on': async t => {
    const url = (await documents(t))['apis/apps/v1'];
    const hash = url.split('hash=')[1];
    const kept = await get(t, url);
    assert.equal(kept.status, 200);
    assert.equal(kept.headers['content-type'], 'application/json');
    assert.equal(kept.headers['cache-control'], 'public, immutable');
    assert.equal(kept.headers.etag, `"${hash}"`);
    assert.match(kept.headers.vary, /\bAccept\b(?!-)/);
    assert.ok(Date.parse(kept.headers.expires) > Date.now());
    const plain = await get(t, '/openapi/v3/apis/apps/v1');
    assert.equal(plain.text, kept.text);
    assert.equal(plain.headers['cache-control'], 'no-cache, private');
    const other = await get(t, '/openapi/v3/apis/apps/v1?hash=ABC');
    assert.equal(other.status, 301);
    assert.equal(other.headers.location, url);
    assert.equal(other.text, '');
  },

  'who has a document already gets 304': async t => {
    const path = '/openapi/v3/api/v1';
    const { etag } = (await get(t, path)).headers;
    const again = await get(t, path, {
      headers: { 'if-none-match': etag },
    });
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
    assert.equal(again.headers.etag, etag);
    const changed = await get(t, path, {
      headers: { 'if-none-match': '"other"' },
    });
    assert.equal(changed.status, 200);
  },

  'what is not there is 404, what nobody writes is 406, both without a body':
    async t => {
      for (const [path, accept, status] of [
        ['/openapi/v3/apis/nope.example/v1', '*/*', 404],
        ['/openapi/v3/', '*/*', 404],
        ['/openapi/v3/apis/apps/v1', 'text/html', 406],
      ] as const) {
        const response = await get(t, path, { headers: { accept } });
        assert.equal(response.status, status, path);
        assert.equal(response.text, '');
      }
    },

  'version 2 is one document, in JSON and in protobuf': async t => {
    const json = await get(t, '/openapi/v2');
    assert.equal(json.headers['content-type'], 'application/json');
    assert.equal(json.body.swagger, '2.0');
    assert.equal(
      json.body.definitions['io.k8s.api.apps.v1.Deployment'].description,
      'Deployment enables declarative updates for Pods and ReplicaSets.',
    );
    const protobuf = await get(t, '/openapi/v2', {
      headers: {
        accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
      },
    });
    assert.equal(
      protobuf.headers['content-type'],
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    );
    assert.ok(protobuf.text.includes('io.k8s.api.apps.v1.Deployment'));
    assert.equal(protobuf.headers.etag, json.headers.etag);
  },
});
