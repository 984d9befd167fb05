import { User } from '../access/Authenticator';
import { AccessAttributes, PolicyRule } from '../access/policyRules';
import { RoleBasedAccess } from '../access/RoleBasedAccess';
import { Fields, KubeObject } from '../objects/KubeObject';
import { badRequest, invalid } from '../status/errors';
import { invalidValue } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';

/** Go's name of a field begins with a capital. */
const goFields = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What is wrong with what a review asks about: it has to be one thing. */
function attributeProblems(spec: Fields): StatusCause[] {
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (resourceAttributes && nonResourceAttributes) {
    return [
      invalidValue(
        'spec.nonResourceAttributes',
        goFields(nonResourceAttributes),
        'cannot be specified in combination with resourceAttributes',
      ),
    ];
  }
  return resourceAttributes || nonResourceAttributes
    ? []
    : [
        invalidValue(
          'spec.resourceAttributes',
          undefined,
          'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        ),
      ];
}

function subjectProblems({ user, groups }: Fields): StatusCause[] {
  return user || groups?.length
    ? []
    : [
        invalidValue(
          'spec.user',
          '',
          'at least one of user or group must be specified',
        ),
      ];
}

function attributesOf({
  resourceAttributes,
  nonResourceAttributes,
}: Fields): AccessAttributes {
  if (nonResourceAttributes) {
    const { verb = '', path = '' } = nonResourceAttributes;
    return { verb, path };
  }
  const { verb = '', group = '', resource = '' } = resourceAttributes;
  return {
    verb,
    group,
    resource,
    subresource: resourceAttributes.subresource || undefined,
    namespace: resourceAttributes.namespace || undefined,
    name: resourceAttributes.name || undefined,
  };
}

function metadataProblems({ metadata }: KubeObject): StatusCause[] {
  const given = Object.entries(metadata).filter(
    ([field, value]) =>
      value && field !== 'namespace' && field !== 'managedFields',
  );
  return given.length > 0
    ? [invalidValue('metadata', Object.fromEntries(given), 'must be empty')]
    : [];
}

function answer(options: {
  review: KubeObject;
  access: RoleBasedAccess;
  user: User;
  causes: StatusCause[];
}): KubeObject {
  const { review, access, user, causes } = options;
  const problems = [...causes, ...metadataProblems(review)];
  if (problems.length > 0) {
    // The real server leaves the kind out.
    throw invalid(
      { group: 'authorization.k8s.io', kind: '', name: '' },
      problems,
    );
  }
  const { allowed, reason } = access.decide(user, attributesOf(review.spec!));
  return { ...review, status: { allowed, ...(reason && { reason }) } };
}

/** Answers a SelfSubjectAccessReview. */
export function reviewSelfAccess(
  review: KubeObject,
  access: RoleBasedAccess,
  user: User,
): KubeObject {
  const causes = attributeProblems(review.spec ?? {});
  return answer({ review, access, user, causes });
}

const subjectOf = ({ user = '', groups = [], uid, extra }: Fields): User => ({
  user,
  groups,
  uid,
  extra,
});

/** Answers a SubjectAccessReview. */
export function reviewAccess(
  review: KubeObject,
  access: RoleBasedAccess,
): KubeObject {
  const { spec = {} } = review;
  return answer({
    review,
    access,
    user: subjectOf(spec),
    causes: [...attributeProblems(spec), ...subjectProblems(spec)],
  });
}

function localProblems(spec: Fields, namespace: string): StatusCause[] {
  const { resourceAttributes, nonResourceAttributes } = spec;
  return [
    ...(resourceAttributes && resourceAttributes.namespace !== namespace
      ? [
          invalidValue(
            'spec.resourceAttributes.namespace',
            resourceAttributes.namespace ?? '',
            'must match metadata.namespace',
          ),
        ]
      : []),
    ...(nonResourceAttributes
      ? [
          invalidValue(
            'spec.nonResourceAttributes',
            goFields(nonResourceAttributes),
            'disallowed on this kind of request',
          ),
        ]
      : []),
  ];
}

/** Answers a LocalSubjectAccessReview in a namespace. */
export function reviewLocalAccess(
  review: KubeObject,
  access: RoleBasedAccess,
  namespace: string,
): KubeObject {
  const { metadata, spec = {} } = review;
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return answer({
    review: { ...review, metadata: { ...metadata, namespace } },
    access,
    user: subjectOf(spec),
    causes: [
      ...attributeProblems(spec),
      ...subjectProblems(spec),
      ...localProblems(spec, namespace),
    ],
  });
}

const pickRule = (rule: PolicyRule, fields: readonly (keyof PolicyRule)[]) =>
  Object.fromEntries(
    fields
      .filter(field => rule[field]?.length)
      .map(field => [field, rule[field]]),
  );

/** Answers a SelfSubjectRulesReview: everything that somebody may do in a namespace. */
export function reviewSelfRules(
  review: KubeObject,
  access: RoleBasedAccess,
  user: User,
): KubeObject {
  const namespace = review.spec?.namespace;
  if (!namespace) {
    throw badRequest('no namespace on request');
  }
  const { rules, error } = access.rulesFor(user, namespace);
  return {
    kind: review.kind,
    apiVersion: review.apiVersion,
    metadata: {} as KubeObject['metadata'],
    spec: {},
    status: {
      resourceRules: rules
        .filter(rule => rule.resources?.length)
        .map(rule =>
          pickRule(rule, ['verbs', 'apiGroups', 'resources', 'resourceNames']),
        ),
      nonResourceRules: rules
        .filter(rule => rule.nonResourceURLs?.length)
        .map(rule => pickRule(rule, ['verbs', 'nonResourceURLs'])),
      incomplete: false,
      ...(error && { evaluationError: error }),
    },
  };
}
