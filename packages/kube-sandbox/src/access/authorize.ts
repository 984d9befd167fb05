import { forbidden } from '../status/errors';
import { StatusError } from '../status/StatusError';
import { User } from './Authenticator';
import { AccessAttributes } from './policyRules';
import { RoleBasedAccess } from './RoleBasedAccess';

/** Throws the 403 of the real server where a user may not do that. */
export function authorize(
  access: RoleBasedAccess,
  user: User,
  wanted: AccessAttributes,
): void {
  const { allowed, reason } = access.decide(user, wanted);
  if (allowed) {
    return;
  }
  const because = reason && `: ${reason}`;
  if ('path' in wanted) {
    throw new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User "${user.user}" cannot ${wanted.verb} path "${wanted.path}"${because}`,
      details: {},
    });
  }
  const { verb, group, resource, subresource, namespace, name } = wanted;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  throw forbidden(
    { group, kind: resource, name },
    `User "${user.user}" cannot ${verb} resource "${full}" in API group "${group}" ${where}${because}`,
  );
}
