import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';

const CLUSTERS = join(
  dirname(require.resolve('@koala-ops/kube-testing/package.json')),
  '../../examples/clusters',
);

interface Document {
  file: string;
  object: any;
}

function readDocuments(cluster: string): Document[] {
  const directory = join(CLUSTERS, cluster);
  return readdirSync(directory)
    .sort()
    .flatMap(file =>
      [
        ...parseAllDocuments(readFileSync(join(directory, file), 'utf8')),
      ].flatMap(document => ({ file, object: document.toJS() })),
    );
}

/** `Ingress` lives in `ingresses`. */
function pluralOf(kind: string): string {
  const plural = kind.toLowerCase();
  return plural.endsWith('s') ? `${plural}es` : `${plural}s`;
}

const identityOf = ({ object }: Document) =>
  [object.kind, object.metadata.namespace, object.metadata.name].join('/');

/** Whether a server takes every document of a cluster of the demo organisation, and leaves no field out. */
async function takesEverything(t: ContractContext, cluster: string) {
  const documents = readDocuments(cluster);
  assert.ok(documents.length > 20, `${cluster} has no manifests`);
  const revisions = new Map<string, Document[]>();
  for (const document of documents) {
    const identity = identityOf(document);
    revisions.set(identity, [...(revisions.get(identity) ?? []), document]);
  }
  for (const [index, [first, ...later]] of [...revisions.values()].entries()) {
    const { object, file } = first;
    // All others are only tried: they would be too many. A Service that is only tried has an address that
    // means nothing.
    const isMade = later.length > 0 || object.kind === 'Service';
    const resource = pluralOf(object.kind);
    const what = `${cluster}/${file}: ${object.kind} ${object.metadata.name}`;
    const body = {
      ...object,
      metadata: {
        ...object.metadata,
        ...(object.metadata.namespace && { namespace: t.namespace }),
        // Two namespaces may have Services of one name, which meet here.
        ...(isMade && { name: `${object.metadata.name}-${index}` }),
      },
    };
    const created = await t.client.post(t.path(resource), body, {
      query: {
        fieldValidation: 'Strict',
        ...(!isMade && { dryRun: 'All' }),
      },
    });
    assert.equal(created.status, 201, `${what}: ${created.text}`);
    for (const revision of later) {
      const { metadata, ...rest } = revision.object;
      const { namespace, name } = body.metadata;
      const patched = await t.client.patch(
        t.path(resource, name),
        'strategic-merge',
        { ...rest, metadata: { ...metadata, namespace, name } },
        { query: { fieldValidation: 'Strict' } },
      );
      assert.equal(patched.status, 200, `${what}: ${patched.text}`);
    }
  }
}

/** The manifests of examples/, as any cluster would have to take them. */
export const demoManifestCases = area(
  'demo manifests',
  Object.fromEntries(
    ['dev', 'staging', 'prod-eu', 'prod-us'].map(cluster => [
      `those of ${cluster} are taken whole, under strict validation`,
      (t: ContractContext) => takesEverything(t, cluster),
    ]),
  ),
);
