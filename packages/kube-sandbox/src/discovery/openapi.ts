import {
  apiResources,
  groupVersions,
  resourceType,
} from '../registry/Registry';

const pathOf = (groupVersion: string) =>
  groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;

/** Tells clients that the server validates fields by itself, so that they need no schema to do it. */
function operations(groupVersion: string) {
  const paths: Record<string, unknown> = {};
  for (const { name, namespaced } of apiResources(groupVersion)) {
    const type = resourceType(groupVersion, name);
    if (!type?.verbs.has('patch')) {
      continue;
    }
    const scope = namespaced ? '/namespaces/{namespace}' : '';
    const query = (parameter: string) => ({
      name: parameter,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    });
    paths[`/${pathOf(groupVersion)}${scope}/${name}/{name}`] = {
      patch: {
        operationId: `patch${type.kind}`,
        parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map(query),
        responses: { 200: { description: 'OK' } },
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': {
          group: type.group,
          version: type.version,
          kind: type.kind,
        },
      },
    };
  }
  return paths;
}

/** The OpenAPI v3 document at a path below `/openapi/v3`: the operations only, without the schemas of the objects. */
export function openApiDocument(path: string): unknown {
  if (path === '/openapi/v3') {
    return {
      paths: Object.fromEntries(
        groupVersions.map(groupVersion => [
          pathOf(groupVersion),
          { serverRelativeURL: `/openapi/v3/${pathOf(groupVersion)}` },
        ]),
      ),
    };
  }
  const groupVersion = groupVersions.find(
    candidate => path === `/openapi/v3/${pathOf(candidate)}`,
  );
  return (
    groupVersion && {
      openapi: '3.0.0',
      info: { title: 'Kubernetes', version: 'v1.35.1' },
      paths: operations(groupVersion),
    }
  );
}
