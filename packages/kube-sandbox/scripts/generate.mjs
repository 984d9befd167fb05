#!/usr/bin/env node
/*
 * Writes the parts of the sandbox that are data of the real API server: the shape of every kind (and how a
 * strategic merge patch merges it), the discovery documents and the columns that kubectl prints;
 * openapi.mjs writes the OpenAPI documents.
 *
 *   node scripts/generate.mjs --server https://127.0.0.1:6443 --token TOKEN --protos DIR
 *
 * The server may be any kube-apiserver of the version that the sandbox imitates; it is only read. DIR holds the Go modules
 * k8s.io/api and k8s.io/apimachinery of that version (as `api@v0.35.1`, ...), whose .proto files number the fields for
 * clients that send protobuf.
 */
import https from 'node:https';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeOpenApi } from './openapi.mjs';

const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    token: { type: 'string' },
    protos: { type: 'string' },
  },
});
if (!values.server || !values.token || !values.protos) {
  console.error('Usage: generate.mjs --server URL --token TOKEN --protos DIR');
  process.exit(1);
}

/** The kinds that the sandbox serves, by group and version. */
const SERVED = {
  v1: [
    'bindings',
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'replicationcontrollers',
    'resourcequotas',
    'secrets',
    'serviceaccounts',
    'services',
  ],
  'apps/v1': [
    'controllerrevisions',
    'daemonsets',
    'deployments',
    'replicasets',
    'statefulsets',
  ],
  'batch/v1': ['cronjobs', 'jobs'],
  'autoscaling/v2': ['horizontalpodautoscalers'],
  'networking.k8s.io/v1': ['ingressclasses', 'ingresses', 'networkpolicies'],
  'policy/v1': ['poddisruptionbudgets'],
  'discovery.k8s.io/v1': ['endpointslices'],
  'coordination.k8s.io/v1': ['leases'],
  'events.k8s.io/v1': ['events'],
  'storage.k8s.io/v1': ['storageclasses'],
  'authentication.k8s.io/v1': ['selfsubjectreviews', 'tokenreviews'],
  'authorization.k8s.io/v1': [
    'localsubjectaccessreviews',
    'selfsubjectaccessreviews',
    'selfsubjectrulesreviews',
    'subjectaccessreviews',
  ],
  'rbac.authorization.k8s.io/v1': [
    'clusterrolebindings',
    'clusterroles',
    'rolebindings',
    'roles',
  ],
};

/** Subresources that the sandbox does not have. */
const NOT_SERVED =
  /^(pods\/(ephemeralcontainers|resize)|services\/proxy|nodes\/proxy|replicationcontrollers\/.*)$/;

/** Listed, because clients look for it (`kubectl apply --prune`), but nobody works on it, so none can be made. */
const NEVER_MADE = 'replicationcontrollers';

/** Documents that only travel as the body of a subresource or of a DELETE. */
const EXTRA_KINDS = [
  'io.k8s.api.autoscaling.v1.Scale',
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
];

function get(path, accept = 'application/json') {
  return new Promise((resolve, reject) => {
    https
      .get(
        new URL(path, values.server),
        {
          rejectUnauthorized: false,
          headers: { Authorization: `Bearer ${values.token}`, Accept: accept },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode !== 200) {
              reject(new Error(`${path}: ${response.statusCode} ${text}`));
            } else {
              resolve(JSON.parse(text));
            }
          });
        },
      )
      .on('error', reject);
  });
}

const pathOf = groupVersion =>
  groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;

/** `io.k8s.api.apps.v1.DeploymentSpec` -> `apps.v1.DeploymentSpec`. */
const shortName = name =>
  name
    .replace(/^io\.k8s\.api\./, '')
    .replace(/^io\.k8s\.apimachinery\.pkg\.(apis\.)?/, '');

const SCALARS = {
  'api.resource.Quantity': 'quantity',
  'util.intstr.IntOrString': 'intOrString',
  'meta.v1.Time': 'time',
  'meta.v1.MicroTime': 'time',
  'meta.v1.FieldsV1': 'any',
  'runtime.RawExtension': 'any',
};

function typeOf(schema, visit) {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref) {
    const full = ref.replace('#/components/schemas/', '');
    const name = shortName(full);
    if (SCALARS[name]) {
      return SCALARS[name];
    }
    visit(full);
    return `@${name}`;
  }
  switch (schema.type) {
    case 'array':
      return `[]${typeOf(schema.items, visit)}`;
    case 'object':
      return schema.additionalProperties
        ? `{}${typeOf(schema.additionalProperties, visit)}`
        : 'any';
    case 'string':
      return schema.format === 'byte' ? 'bytes' : 'string';
    case 'integer':
      return schema.format === 'int64' ? 'int64' : 'int32';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'any';
  }
}

const MODULES = 'v0.35.1';

/**
 * How server-side apply treats a list or a map: `set`, `map:<key>,<key>` or `granular` where it looks into it, `atomic`
 * where it does not. Undefined where the type's own way holds: structs and maps are granular, lists are atomic.
 */
function topologyOf(schema) {
  const mapType = schema['x-kubernetes-map-type'];
  if (mapType) {
    return mapType;
  }
  const listType = schema['x-kubernetes-list-type'];
  if (listType) {
    return listType === 'map'
      ? `map:${schema['x-kubernetes-list-map-keys'].join(',')}`
      : listType;
  }
  // Older lists say it only for the strategic merge patch.
  const strategy = schema['x-kubernetes-patch-strategy'] ?? '';
  if (schema.type === 'array' && strategy.split(',').includes('merge')) {
    const key = schema['x-kubernetes-patch-merge-key'];
    return key ? `map:${key}` : 'set';
  }
  return undefined;
}

/** Values that a key of a list's items has where the item does not say. */
function keyDefaultsOf(schema, schemas) {
  const ref = schema.items?.$ref ?? schema.items?.allOf?.[0]?.$ref;
  const item = schemas[ref?.replace('#/components/schemas/', '')];
  const defaults = {};
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    const value = item?.properties?.[key]?.default;
    if (value !== undefined) {
      defaults[key] = value;
    }
  }
  return defaults;
}

/** Fields that Go never leaves out, though the schema calls them optional. */
const SHOWN_THOUGH_OPTIONAL = new Set(['discovery.v1.EndpointSlice.ports']);

/**
 * What Go shows of a field that nobody has set, because it is no pointer and is not left out: structs are empty, lists
 * and maps are null. Undefined for fields that are left out, and for scalars.
 */
function unsetValueOf(schema, isShown) {
  if (schema.allOf && JSON.stringify(schema.default) === '{}') {
    return {};
  }
  const collection = schema.type === 'array' || schema.type === 'object';
  return isShown && collection ? null : undefined;
}

/** The messages of one .proto file: `{ PodSpec: [{ name, number, type }] }`. */
function readProto(file) {
  const messages = {};
  const text = readFileSync(file, 'utf8');
  for (const [, name, body] of text.matchAll(
    /^message (\w+) \{\n([\s\S]*?)^\}/gm,
  )) {
    messages[name] = [
      ...body.matchAll(
        /^\s+(?:optional |repeated )?(map<[^>]+>|[\w.]+) (\w+) = (\d+);/gm,
      ),
    ].map(([, type, field, number]) => ({
      type,
      name: field,
      number: Number(number),
    }));
  }
  return messages;
}

function protoFile(definition) {
  const [group, version] = definition.split('.');
  return group === 'meta'
    ? `apimachinery@${MODULES}/pkg/apis/meta/${version}/generated.proto`
    : `api@${MODULES}/${group}/${version}/generated.proto`;
}

/**
 * The number of every field in protobuf, as a path where Go embeds the struct that has it: a volume's `secret` is
 * field 6 of field 2.
 */
function fieldNumbers(definition, fields) {
  const file = join(values.protos, protoFile(definition));
  if (!existsSync(file)) {
    throw new Error(`${file} is missing`);
  }
  const messages = readProto(file);
  const numbers = {};
  const collect = (message, prefix) => {
    for (const { type, name, number } of messages[message] ?? []) {
      if (fields[name] !== undefined) {
        numbers[name] = `${prefix}${number}`;
      } else if (messages[type]) {
        collect(type, `${prefix}${number}.`);
      }
    }
  };
  collect(definition.split('.').pop(), '');
  return numbers;
}

async function main() {
  const schemas = {};
  const discovery = {};
  const roots = new Set(EXTRA_KINDS);
  for (const [groupVersion, served] of Object.entries({
    ...SERVED,
    'autoscaling/v1': [],
  })) {
    const api = await get(`/openapi/v3/${pathOf(groupVersion)}`);
    Object.assign(schemas, api.components.schemas);
    if (served.length === 0) {
      continue;
    }
    const list = await get(`/${pathOf(groupVersion)}`);
    discovery[groupVersion] = list.resources
      .filter(
        resource =>
          served.includes(resource.name.split('/')[0]) &&
          !NOT_SERVED.test(resource.name),
      )
      .map(resource =>
        resource.name === NEVER_MADE
          ? {
              ...resource,
              verbs: resource.verbs.filter(
                verb => !['create', 'update', 'patch'].includes(verb),
              ),
            }
          : resource,
      );
  }
  const gvks = new Map();
  for (const [name, schema] of Object.entries(schemas)) {
    for (const gvk of schema['x-kubernetes-group-version-kind'] ?? []) {
      gvks.set(
        `${gvk.group ? `${gvk.group}/` : ''}${gvk.version}/${gvk.kind}`,
        name,
      );
    }
  }
  const kinds = {};
  for (const [groupVersion, resources] of Object.entries(discovery)) {
    for (const resource of resources) {
      const group = resource.group ?? groupVersion.split('/').slice(-2, -1)[0];
      const key = `${group ? `${group}/` : ''}${
        resource.version ?? groupVersion.split('/').pop()
      }/${resource.kind}`;
      const name = gvks.get(key);
      if (name) {
        roots.add(name);
        kinds[key] = shortName(name);
      }
    }
  }
  kinds['v1/DeleteOptions'] = 'meta.v1.DeleteOptions';

  const definitions = {};
  const queue = [...roots];
  const seen = new Set(queue);
  const visit = name => {
    if (!seen.has(name)) {
      seen.add(name);
      queue.push(name);
    }
  };
  while (queue.length > 0) {
    const name = queue.pop();
    const fields = {};
    const merge = {};
    const topology = {};
    const keyDefaults = {};
    const unset = {};
    for (const [field, schema] of Object.entries(
      schemas[name].properties ?? {},
    )) {
      fields[field] = typeOf(schema, visit);
      const strategy = schema['x-kubernetes-patch-strategy'];
      if (strategy) {
        const key = schema['x-kubernetes-patch-merge-key'];
        merge[field] = key ? `${strategy}:${key}` : strategy;
      }
      const isShown =
        (schemas[name].required ?? []).includes(field) ||
        SHOWN_THOUGH_OPTIONAL.has(`${shortName(name)}.${field}`);
      const unsetValue = unsetValueOf(schema, isShown);
      if (unsetValue !== undefined) {
        unset[field] = unsetValue;
      }
      const fieldTopology = topologyOf(schema);
      // Lists are atomic unless they say otherwise.
      if (
        fieldTopology &&
        !(schema.type === 'array' && fieldTopology === 'atomic')
      ) {
        topology[field] = fieldTopology;
        const defaults = keyDefaultsOf(schema, schemas);
        if (Object.keys(defaults).length > 0) {
          keyDefaults[field] = defaults;
        }
      }
    }
    const own = topologyOf(schemas[name]);
    definitions[shortName(name)] = {
      fields,
      ...(Object.keys(merge).length > 0 && { merge }),
      ...(Object.keys(topology).length > 0 && { topology }),
      ...(Object.keys(keyDefaults).length > 0 && { keyDefaults }),
      ...(Object.keys(unset).length > 0 && { unset }),
      ...(own === 'atomic' && { atomic: true }),
      numbers: fieldNumbers(shortName(name), fields),
    };
  }

  const columns = {};
  for (const [groupVersion, resources] of Object.entries(discovery)) {
    for (const resource of resources) {
      if (resource.name.includes('/') || !resource.verbs.includes('list')) {
        continue;
      }
      const table = await get(
        `/${pathOf(groupVersion)}/${resource.name}?limit=1`,
        'application/json;as=Table;g=meta.k8s.io;v=v1',
      );
      columns[`${groupVersion}/${resource.name}`] = table.columnDefinitions;
    }
  }

  // A Scale is no resource of its own; its columns tell what its fields tell.
  const [name, , , , age] = columns['apps/v1/deployments'];
  const count = (title, part) => ({
    name: title,
    type: 'integer',
    format: '',
    description:
      schemas[`io.k8s.api.autoscaling.v1.${part}`].properties.replicas
        .description,
    priority: 0,
  });
  columns['autoscaling/v1/scales'] = [
    { ...name, format: '' },
    count('Desired', 'ScaleSpec'),
    count('Available', 'ScaleStatus'),
    age,
  ];

  const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
  const write = (path, data) => {
    const file = join(source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(data)}\n`);
  };
  const sorted = object =>
    Object.fromEntries(
      Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  write('schema/schema.generated.json', {
    kinds: sorted(kinds),
    definitions: sorted(definitions),
  });
  write('discovery/discovery.generated.json', discovery);
  write('table/columns.generated.json', columns);
  await writeOpenApi(values);
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
