import { User } from '../access/Authenticator';
import { authorize } from '../access/authorize';
import {
  AGGREGATED_DISCOVERY,
  aggregatedDiscovery,
  wantsAggregated,
} from '../discovery/aggregated';
import { discoveryDocument, servesGroup } from '../discovery/documents';
import { sendOpenApi } from '../discovery/openapi';
import {
  groupVersions,
  resourceType,
  ResourceType,
} from '../registry/Registry';
import { booleanParameter } from '../rest/listOptions';
import { methodNotAllowed, noSuchResource } from '../status/errors';
import { ApiExchange } from './ApiExchange';
import { Cluster } from './Cluster';
import { acceptedForm } from './mediaTypes';
import { handleGet, handleList } from './readHandlers';
import { parseRequestInfo, RequestInfo } from './RequestInfo';
import { ResourceRequest } from './ResourceRequest';
import { virtualHandler } from './virtualHandlers';
import {
  handleCreate,
  handleDelete,
  handleDeleteCollection,
  handlePatch,
  handleUpdate,
} from './writeHandlers';

const HANDLERS: Record<string, (request: ResourceRequest) => Promise<void>> = {
  get: handleGet,
  list: handleList,
  watch: handleList,
  create: handleCreate,
  update: handleUpdate,
  patch: handlePatch,
  delete: handleDelete,
  deletecollection: handleDeleteCollection,
};

/** The Kubernetes verb of a request for a resource. */
function verbOf({ method, query }: ApiExchange, { name }: RequestInfo): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    case 'GET':
      if (name) {
        return 'get';
      }
      return booleanParameter(query, 'watch') ? 'watch' : 'list';
    default:
      // HEAD and OPTIONS: no resource allows them.
      return method.toLowerCase();
  }
}

/** Refuses verbs that a resource does not have, or not at this place of the path. */
function checkVerb(type: ResourceType, info: RequestInfo, verb: string) {
  const { name, subresource, namespace } = info;
  const verbs = subresource ? type.subresources.get(subresource) : type.verbs;
  if (
    !verbs ||
    (!type.namespaced && namespace && info.resource !== 'namespaces') ||
    // What cannot be listed has no path for all namespaces.
    (type.namespaced && !namespace && !verbs.has('list'))
  ) {
    throw noSuchResource();
  }
  const needsName = ['get', 'update', 'patch', 'delete'].includes(verb);
  const everywhere = ['list', 'watch'].includes(verb);
  if (
    !verbs.has(verb) ||
    (needsName && !name) ||
    (verb === 'create' && name && !subresource) ||
    (type.namespaced && !namespace && !everywhere)
  ) {
    throw methodNotAllowed();
  }
}

/** A list of the one object that a selector names asks for that object. */
function selectedName(
  query: URLSearchParams,
  verb: string,
): string | undefined {
  return ['list', 'watch', 'deletecollection'].includes(verb)
    ? /(?:^|,)metadata\.name==?([^,=]+)(?:,|$)/.exec(
        query.get('fieldSelector') ?? '',
      )?.[1]
    : undefined;
}

async function handleResource(options: {
  cluster: Cluster;
  exchange: ApiExchange;
  user: User;
  info: RequestInfo;
}): Promise<void> {
  const { cluster, exchange, user, info } = options;
  const verb = verbOf(exchange, info);
  const { group, resource, subresource, namespace, name } = info;
  authorize(cluster.access, user, {
    verb,
    group,
    resource,
    subresource,
    namespace,
    name: name ?? selectedName(exchange.query, verb),
  });
  if (!servesGroup(group)) {
    await exchange.sendText(404, '404 page not found\n');
    return;
  }
  const type = groupVersions.includes(info.groupVersion)
    ? resourceType(info.groupVersion, resource)
    : undefined;
  if (!type) {
    throw noSuchResource();
  }
  checkVerb(type, info, verb);
  if (type.strategy.deprecation) {
    exchange.warn(type.strategy.deprecation);
  }
  const request = new ResourceRequest({ cluster, exchange, type, user, info });
  const handler = virtualHandler(request) ?? HANDLERS[verb];
  await handler(request);
}

const groupOf = (path: string) =>
  path.startsWith('/apis/') ? path.split('/')[2] : '';

async function handlePath(options: {
  cluster: Cluster;
  exchange: ApiExchange;
  user: User;
  address: string;
}): Promise<void> {
  const { cluster, exchange, user, address } = options;
  const { method, path } = exchange;
  authorize(cluster.access, user, { verb: method.toLowerCase(), path });
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) {
    await exchange.sendText(200, 'ok');
    return;
  }
  if (await sendOpenApi(exchange)) {
    return;
  }
  const accept = exchange.header('accept');
  const aggregated = wantsAggregated(accept)
    ? aggregatedDiscovery(path)
    : undefined;
  if (aggregated && method === 'GET') {
    exchange.response.setHeader('vary', 'Accept');
    await exchange.sendBody(
      200,
      AGGREGATED_DISCOVERY,
      `${JSON.stringify(aggregated)}\n`,
    );
    return;
  }
  const document = discoveryDocument(path, address);
  if (document !== undefined && method !== 'GET' && method !== 'HEAD') {
    throw methodNotAllowed();
  }
  if (document !== undefined) {
    const { format } = acceptedForm(accept);
    await exchange.sendObject(200, document, format);
  } else if (
    /^\/(api|apis)\/[^/]+(\/[^/]+)?\/?$/.test(path) &&
    servesGroup(groupOf(path))
  ) {
    throw noSuchResource();
  } else {
    await exchange.sendText(404, '404 page not found\n');
  }
}

async function answerFault(
  cluster: Cluster,
  exchange: ApiExchange,
  info: RequestInfo | undefined,
): Promise<boolean> {
  const response = cluster.faults.respond?.({
    method: exchange.method,
    path: exchange.path,
    query: exchange.query,
    verb: info && verbOf(exchange, info),
    resource: info?.resource,
  });
  if (!response) {
    return false;
  }
  const { 'content-type': contentType = 'application/json', ...headers } =
    response.headers ?? {};
  for (const [name, value] of Object.entries(headers)) {
    exchange.response.setHeader(name, value);
  }
  await exchange.sendBody(response.status, contentType, response.body ?? '');
  return true;
}

/** Answers one request as kube-apiserver would; never throws. */
export async function handleRequest(options: {
  cluster: Cluster;
  exchange: ApiExchange;
  address: string;
}): Promise<void> {
  const { cluster, exchange, address } = options;
  try {
    const info = parseRequestInfo(exchange.path);
    if (await answerFault(cluster, exchange, info)) {
      return;
    }
    const user = await cluster.authenticator.authenticate(
      exchange.header('authorization'),
    );
    if (info) {
      await handleResource({ cluster, exchange, user, info });
    } else {
      await handlePath({ cluster, exchange, user, address });
    }
  } catch (error) {
    await exchange.sendError(error).catch(() => exchange.response.destroy());
  }
}
