import { confirmNoEscalation } from '../../access/escalation';
import { PolicyRule, rulesOf } from '../../access/policyRules';
import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { subdomainProblems } from '../../selectors/labelSyntax';
import { pathSegmentProblems } from '../../selectors/pathSegment';
import { notFound } from '../../status/errors';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy, WriteContext } from '../Strategy';

const GROUP = 'rbac.authorization.k8s.io';
const MASTERS_GROUP = 'system:masters';

function validateRule(
  rule: PolicyRule,
  field: string,
  isNamespaced: boolean,
): StatusCause[] {
  const { verbs = [], apiGroups = [], resources = [] } = rule as Fields;
  const { nonResourceURLs = [], resourceNames = [] } = rule;
  const causes: StatusCause[] = [];
  if (verbs.length === 0) {
    causes.push(
      required(`${field}.verbs`, 'verbs must contain at least one value'),
    );
  }
  if (nonResourceURLs.length > 0) {
    const refuse = (detail: string) =>
      causes.push(
        invalidValue(`${field}.nonResourceURLs`, nonResourceURLs, detail),
      );
    if (isNamespaced) {
      refuse('namespaced rules cannot apply to non-resource URLs');
    }
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      refuse(
        'rules cannot apply to both regular resources and non-resource URLs',
      );
    }
    return causes;
  }
  if (apiGroups.length === 0) {
    causes.push(
      required(
        `${field}.apiGroups`,
        'resource rules must supply at least one api group',
      ),
    );
  }
  if (resources.length === 0) {
    causes.push(
      required(
        `${field}.resources`,
        'resource rules must supply at least one resource',
      ),
    );
  }
  return causes;
}

function validateSubject(
  subject: Fields,
  field: string,
  isNamespaced: boolean,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const { kind, name, apiGroup = '', namespace } = subject;
  if (!name) {
    causes.push(required(`${field}.name`));
  }
  const checkGroup = (supported: string) => {
    if (apiGroup !== supported) {
      causes.push(notSupported(`${field}.apiGroup`, apiGroup, [supported]));
    }
  };
  if (kind === 'ServiceAccount') {
    for (const problem of name ? subdomainProblems(name) : []) {
      causes.push(invalidValue(`${field}.name`, name, problem));
    }
    checkGroup('');
    if (!isNamespaced && !namespace) {
      causes.push(required(`${field}.namespace`));
    }
  } else if (kind === 'User' || kind === 'Group') {
    checkGroup(GROUP);
  } else {
    causes.push(
      notSupported(`${field}.kind`, kind ?? '', [
        'ServiceAccount',
        'User',
        'Group',
      ]),
    );
  }
  return causes;
}

function validateBinding(
  { roleRef = {}, subjects = [] }: Fields,
  isNamespaced: boolean,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (roleRef.apiGroup !== GROUP) {
    causes.push(notSupported('roleRef.apiGroup', roleRef.apiGroup, [GROUP]));
  }
  if (!kinds.includes(roleRef.kind)) {
    causes.push(notSupported('roleRef.kind', roleRef.kind ?? '', kinds));
  }
  if (!roleRef.name) {
    causes.push(required('roleRef.name'));
  }
  for (const problem of pathSegmentProblems(roleRef.name ?? '')) {
    causes.push(invalidValue('roleRef.name', roleRef.name, problem));
  }
  return [
    ...causes,
    ...subjects.flatMap((subject: Fields, index: number) =>
      validateSubject(subject, `subjects[${index}]`, isNamespaced),
    ),
  ];
}

/** The reference as Go shows it. */
const goReference = ({ roleRef }: Fields) => ({
  APIGroup: roleRef.apiGroup,
  Kind: roleRef.kind,
  Name: roleRef.name,
});

/** Nobody gives others more than they have, unless they may `escalate` or `bind`. */
function guard(
  object: KubeObject,
  context: WriteContext,
  options: {
    may: { verb: string; resource: string; name?: string };
    rules: () => readonly PolicyRule[];
  },
): void {
  const { requester, resource } = context;
  if (!requester || requester.user.groups?.includes(MASTERS_GROUP)) {
    return;
  }
  const { user, access } = requester;
  const { namespace, name } = object.metadata;
  const mayAnyway = access.decide(user, {
    group: GROUP,
    namespace,
    ...options.may,
  });
  if (!mayAnyway.allowed) {
    confirmNoEscalation({
      access,
      user,
      namespace,
      rules: options.rules(),
      named: { group: resource.group, kind: resource.resource, name },
    });
  }
}

function roleStrategy(isNamespaced: boolean): Strategy {
  const resource = isNamespaced ? 'roles' : 'clusterroles';
  const guardRole = (
    role: KubeObject,
    context: WriteContext,
    name: string | undefined,
  ) =>
    guard(role, context, {
      may: { verb: 'escalate', resource, name },
      rules: () => rulesOf(role),
    });
  return {
    name: 'path',
    prepareForCreate: (role, context) => guardRole(role, context, undefined),
    prepareForUpdate: (role, _, context) =>
      guardRole(role, context, role.metadata.name),
    validate: role => [
      ...rulesOf(role).flatMap((rule, index) =>
        validateRule(rule, `rules[${index}]`, isNamespaced),
      ),
      ...(role.aggregationRule &&
      !role.aggregationRule.clusterRoleSelectors?.length
        ? [
            required(
              'aggregationRule.clusterRoleSelectors',
              'at least one clusterRoleSelector required if aggregationRule is non-nil',
            ),
          ]
        : []),
    ],
  };
}

function bindingStrategy(isNamespaced: boolean): Strategy {
  const guardBinding = (binding: KubeObject, context: WriteContext) => {
    const { roleRef } = binding;
    guard(binding, context, {
      may: {
        verb: 'bind',
        resource: roleRef.kind === 'Role' ? 'roles' : 'clusterroles',
        name: roleRef.name,
      },
      rules: () => {
        try {
          return context.requester!.access.rulesOfBinding(binding);
        } catch {
          // The real server names the binding's resource, and the role.
          throw notFound({
            group: GROUP,
            kind: context.resource.resource,
            name: roleRef.name,
          });
        }
      },
    });
  };
  return {
    name: 'path',
    setDefaults(binding) {
      binding.roleRef = { apiGroup: GROUP, ...binding.roleRef };
      binding.roleRef.apiGroup ||= GROUP;
      for (const subject of binding.subjects ?? []) {
        if (!subject.apiGroup && ['User', 'Group'].includes(subject.kind)) {
          subject.apiGroup = GROUP;
        }
      }
    },
    prepareForCreate: guardBinding,
    prepareForUpdate: (binding, _, context) => guardBinding(binding, context),
    validate: binding => validateBinding(binding, isNamespaced),
    validateUpdate: (binding, old) =>
      semanticallyEqual(binding.roleRef, old.roleRef)
        ? []
        : [
            invalidValue(
              'roleRef',
              goReference(binding),
              'cannot change roleRef',
            ),
          ],
  };
}

export const role = roleStrategy(true);
export const clusterRole = roleStrategy(false);
export const roleBinding = bindingStrategy(true);
export const clusterRoleBinding = bindingStrategy(false);
