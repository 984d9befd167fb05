#!/usr/bin/env node
/*
 * Writes the OpenAPI documents that clients read (`kubectl explain`, `apply`, `diff`), cut down to what the sandbox
 * serves and compressed, into the folder `openapi` of this package, and the list of them into
 * src/discovery/openapi.generated.json.
 *
 *   node scripts/openapi.mjs --server https://127.0.0.1:6443 --token TOKEN
 *
 * It takes what is served from src/discovery/discovery.generated.json, so it comes after generate.mjs, which runs it.
 */
import { createHash } from 'node:crypto';
import https from 'node:https';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { filterEntries } from './wire.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const V2_PROTOBUF =
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

function get({ server, token }, path, accept) {
  return new Promise((done, fail) => {
    https
      .get(
        new URL(path, server),
        {
          rejectUnauthorized: false,
          headers: { Authorization: `Bearer ${token}`, Accept: accept },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () => {
            const body = Buffer.concat(chunks);
            if (response.statusCode === 200) {
              done(body);
            } else {
              fail(new Error(`${path}: ${response.statusCode} ${body}`));
            }
          });
        },
      )
      .on('error', fail);
  });
}

const pathOf = groupVersion =>
  groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;

/** Tells whether the sandbox serves a path such as `/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale`. */
function servedPaths(discovery) {
  const groups = new Set(
    Object.keys(discovery)
      .filter(groupVersion => groupVersion.includes('/'))
      .map(groupVersion => groupVersion.split('/')[0]),
  );
  const plain = new Set([
    '/api/',
    '/apis/',
    '/version/',
    ...[...groups].map(group => `/apis/${group}/`),
  ]);
  const resources = new Map(
    Object.entries(discovery).map(([groupVersion, list]) => [
      pathOf(groupVersion),
      new Set(list.map(({ name }) => name)),
    ]),
  );
  return path => {
    if (plain.has(path)) {
      return true;
    }
    const segments = path.split('/').slice(1);
    const prefix = segments.splice(0, segments[0] === 'api' ? 2 : 3).join('/');
    if (!resources.has(prefix)) {
      return false;
    }
    if (segments.join('/') === '') {
      return true;
    }
    if (segments[0] === 'namespaces' && segments[1] === '{namespace}') {
      segments.splice(0, 2);
    }
    const [resource, , ...sub] = segments;
    return resources.get(prefix).has([resource, ...sub].join('/'));
  };
}

const nameOf = ref => ref.split('/').pop();

/** The names of the schemas that a part of a document needs, also through others. */
function reachable(schemas, part) {
  const found = new Set();
  const queue = [part];
  while (queue.length > 0) {
    JSON.stringify(queue.pop(), (key, value) => {
      if (key === '$ref' && !found.has(nameOf(value))) {
        found.add(nameOf(value));
        queue.push(schemas[nameOf(value)]);
      }
      return value;
    });
  }
  return found;
}

const pick = (object, isWanted) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => isWanted(key)));

function served(document, isServed) {
  const paths = pick(document.paths, isServed);
  const schemas = document.components?.schemas ?? document.definitions ?? {};
  // Schemas of kinds of the group that travel in no body: DeleteOptions, WatchEvent.
  const own = pick(
    schemas,
    name => schemas[name]['x-kubernetes-group-version-kind']?.length > 1,
  );
  const needed = reachable(schemas, [paths, own]);
  const kept = pick(
    schemas,
    name => needed.has(name) || Object.hasOwn(own, name),
  );
  return document.components
    ? {
        ...document,
        paths,
        components: { ...document.components, schemas: kept },
      }
    : { ...document, paths, definitions: kept };
}

/** Reads the documents of a server and writes those of the sandbox. */
export async function writeOpenApi({ server, token }) {
  const discovery = JSON.parse(
    readFileSync(join(root, 'src/discovery/discovery.generated.json'), 'utf8'),
  );
  const isServed = servedPaths(discovery);
  const directory = join(root, 'openapi');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  const index = {};
  const write = (path, mediaType, content) => {
    const body = Buffer.from(content);
    const extension = mediaType === 'application/json' ? 'json' : 'pb';
    const file = `${path.replace(/\//g, '_')}.${extension}.gz`;
    writeFileSync(join(directory, file), gzipSync(body, { level: 9 }));
    index[path] ??= {};
    index[path][mediaType] = {
      file,
      bytes: body.length,
      hash: createHash('sha512').update(body).digest('hex').toUpperCase(),
    };
  };
  const readJson = async path =>
    JSON.parse(
      await get({ server, token }, `/openapi/${path}`, 'application/json'),
    );

  const { paths } = await readJson('v3');
  for (const path of Object.keys(paths)) {
    if (isServed(`/${path}/`)) {
      const document = served(await readJson(`v3/${path}`), isServed);
      write(`v3/${path}`, 'application/json', JSON.stringify(document));
    }
  }
  const v2 = served(await readJson('v2'), isServed);
  write('v2', 'application/json', JSON.stringify(v2));
  const protobuf = await get({ server, token }, '/openapi/v2', V2_PROTOBUF);
  // gnostic's Document: field 8 holds the paths (entries in 2), field 9 the definitions (entries in 1).
  const cut = filterEntries(
    filterEntries(protobuf, [8, 2], name => Object.hasOwn(v2.paths, name)),
    [9, 1],
    name => Object.hasOwn(v2.definitions, name),
  );
  write('v2', V2_PROTOBUF, cut);
  writeFileSync(
    join(root, 'src/discovery/openapi.generated.json'),
    `${JSON.stringify(index)}\n`,
  );
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { server: { type: 'string' }, token: { type: 'string' } },
  });
  if (!values.server || !values.token) {
    console.error('Usage: openapi.mjs --server URL --token TOKEN');
    process.exit(1);
  }
  await writeOpenApi(values);
}
