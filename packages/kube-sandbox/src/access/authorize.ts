import { forbidden } from '../status/errors';
import { StatusError } from '../status/StatusError';
import { AccessRule, ANONYMOUS, User } from './Authenticator';

/** What somebody wants to do with a resource. */
export interface ResourceAccess {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

const VIEWER: AccessRule[] = [
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: ['*'],
    resources: ['*'],
  },
];

/** The group whose members may read everything but Secrets. */
export const VIEWERS_GROUP = 'koala-sandbox:viewers';
const MASTERS_GROUP = 'system:masters';

const covers = (list: readonly string[], value: string) =>
  list.includes('*') || list.includes(value);

function allows(rule: AccessRule, access: ResourceAccess): boolean {
  const resource = access.subresource
    ? `${access.resource}/${access.subresource}`
    : access.resource;
  return (
    covers(rule.verbs, access.verb) &&
    covers(rule.apiGroups, access.group) &&
    covers(rule.resources, resource) &&
    (!rule.namespaces ||
      (access.namespace !== undefined &&
        rule.namespaces.includes(access.namespace)))
  );
}

/** Whether a user may do that. */
export function mayAccess(user: User, access: ResourceAccess): boolean {
  if (user.groups?.includes(MASTERS_GROUP)) {
    return true;
  }
  if (
    user !== ANONYMOUS &&
    access.group === 'authorization.k8s.io' &&
    access.resource.startsWith('selfsubject')
  ) {
    return true;
  }
  if (
    user.groups?.includes(VIEWERS_GROUP) &&
    access.resource !== 'secrets' &&
    VIEWER.some(rule => allows(rule, access))
  ) {
    return true;
  }
  return (user.rules ?? []).some(rule => allows(rule, access));
}

/** Throws the 403 of the real server where a user may not do that. */
export function authorize(user: User, access: ResourceAccess): void {
  if (mayAccess(user, access)) {
    return;
  }
  const resource = access.subresource
    ? `${access.resource}/${access.subresource}`
    : access.resource;
  const where = access.namespace
    ? `in the namespace "${access.namespace}"`
    : 'at the cluster scope';
  throw forbidden(
    { group: access.group, kind: access.resource, name: access.name },
    `User "${user.user}" cannot ${access.verb} resource "${resource}" in API group "${access.group}" ${where}`,
  );
}

const PUBLIC_PATHS = /^\/(healthz|livez|readyz|version)(\/|$)/;
const DISCOVERY_PATHS = /^\/(api|apis|openapi)(\/|$)/;

/** Throws a 403 where a user may not read a path that is no resource. */
export function authorizePath(user: User, method: string, path: string): void {
  const reads = method === 'GET' || method === 'HEAD';
  if (
    user.groups?.includes(MASTERS_GROUP) ||
    (reads && PUBLIC_PATHS.test(path)) ||
    (reads && user !== ANONYMOUS && DISCOVERY_PATHS.test(path))
  ) {
    return;
  }
  throw new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `forbidden: User "${
      user.user
    }" cannot ${method.toLowerCase()} path "${path}"`,
    details: {},
  });
}
