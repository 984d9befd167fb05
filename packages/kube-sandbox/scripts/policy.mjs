#!/usr/bin/env node
/*
 * Writes the roles that every cluster has from the start, and their bindings, as a real API server makes them.
 *
 *   node scripts/policy.mjs --server https://127.0.0.1:6443 --token TOKEN
 *
 * The server is only read. It needs a controller manager, which puts the rules of the aggregated roles together. Left out are the roles
 * of components that the sandbox does not have.
 */
import https from 'node:https';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { server: { type: 'string' }, token: { type: 'string' } },
});
if (!values.server || !values.token) {
  console.error('Usage: policy.mjs --server URL --token TOKEN');
  process.exit(1);
}

const OF_PEOPLE =
  /^(cluster-admin|admin|edit|view|system:aggregate-to-(admin|edit|view)|system:basic-user|system:discovery|system:public-info-viewer|system:service-account-issuer-discovery|system:monitoring)$/;

function list(resource) {
  return new Promise((resolve, reject) => {
    https
      .get(
        new URL(
          `/apis/rbac.authorization.k8s.io/v1/${resource}?labelSelector=kubernetes.io/bootstrapping=rbac-defaults`,
          values.server,
        ),
        {
          rejectUnauthorized: false,
          headers: { Authorization: `Bearer ${values.token}` },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode !== 200) {
              reject(new Error(`${response.statusCode} ${text}`));
            } else {
              resolve(JSON.parse(text).items);
            }
          });
        },
      )
      .on('error', reject);
  });
}

const withoutHistory = ({ metadata, ...rest }) => ({
  metadata: {
    name: metadata.name,
    labels: metadata.labels,
    annotations: metadata.annotations,
  },
  ...rest,
});

const policy = {};
for (const resource of ['clusterroles', 'clusterrolebindings']) {
  policy[resource] = (await list(resource))
    .filter(({ metadata }) => OF_PEOPLE.test(metadata.name))
    .map(withoutHistory);
}
const empty = policy.clusterroles.filter(({ rules }) => !rules);
if (empty.length > 0) {
  throw new Error(
    `${empty
      .map(({ metadata }) => metadata.name)
      .join(', ')}: no rules yet; does a controller manager run?`,
  );
}
writeFileSync(
  join(
    dirname(fileURLToPath(import.meta.url)),
    '../src/access/bootstrapPolicy.generated.json',
  ),
  `${JSON.stringify(policy)}\n`,
);
