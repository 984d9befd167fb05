import { Fields, KubeObject } from '../objects/KubeObject';
import { notFound } from '../status/errors';
import { Store } from '../storage/Store';
import { User } from './Authenticator';
import {
  AccessAttributes,
  PolicyRule,
  ruleAllows,
  rulesOf,
} from './policyRules';

/** Whether somebody may do something, and why. */
export interface AccessDecision {
  allowed: boolean;
  /** `RBAC: allowed by ...`; of a refusal what went wrong, mostly nothing. */
  reason: string;
}

/** Members may do everything, whatever the roles say. */
const MASTERS_GROUP = 'system:masters';
const GROUP = 'rbac.authorization.k8s.io';
const quote = (text: string) => JSON.stringify(text);

function appliesTo(user: User, subject: Fields, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return user.user === subject.name;
    case 'Group':
      return user.groups?.includes(subject.name) ?? false;
    case 'ServiceAccount': {
      const home = subject.namespace || namespace;
      return (
        home !== '' &&
        user.user === `system:serviceaccount:${home}:${subject.name}`
      );
    }
    default:
      return false;
  }
}

function describeSubject(subject: Fields, namespace: string): string {
  return subject.kind === 'ServiceAccount'
    ? `ServiceAccount ${quote(
        `${subject.name}/${subject.namespace || namespace}`,
      )}`
    : `${subject.kind} ${quote(subject.name)}`;
}

function describeBinding(binding: KubeObject, subject: Fields): string {
  const { name, namespace = '' } = binding.metadata;
  const { roleRef } = binding;
  const of = `of ${roleRef.kind} ${quote(roleRef.name)} to ${describeSubject(
    subject,
    namespace,
  )}`;
  return namespace
    ? `RoleBinding ${quote(`${name}/${namespace}`)} ${of}`
    : `ClusterRoleBinding ${quote(name)} ${of}`;
}

/** A rule that holds for somebody, or the reason why a binding of theirs is of no use. */
type FoundRule = { rule: PolicyRule; source: () => string } | { error: string };

/** Several problems as Go's aggregates tell them. */
function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length > 1 ? `[${distinct.join(', ')}]` : distinct[0] ?? '';
}

/** Decides by the Roles, ClusterRoles and bindings of a cluster, as they are at the moment. */
export class RoleBasedAccess {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether somebody may do that. */
  decide(user: User, wanted: AccessAttributes): AccessDecision {
    if (user.groups?.includes(MASTERS_GROUP)) {
      return { allowed: true, reason: '' };
    }
    const errors: string[] = [];
    const namespace = 'path' in wanted ? undefined : wanted.namespace;
    for (const found of this.#rulesFor(user, namespace)) {
      if ('error' in found) {
        errors.push(found.error);
      } else if (ruleAllows(found.rule, wanted)) {
        return {
          allowed: true,
          reason: `RBAC: allowed by ${found.source()}`,
        };
      }
    }
    return {
      allowed: false,
      reason: errors.length > 0 ? `RBAC: ${aggregate(errors)}` : '',
    };
  }

  /** All rules that hold for somebody in a namespace, and why some bindings give none. */
  rulesFor(
    user: User,
    namespace: string | undefined,
  ): { rules: PolicyRule[]; error: string } {
    const rules: PolicyRule[] = [];
    const errors: string[] = [];
    for (const found of this.#rulesFor(user, namespace)) {
      if ('error' in found) {
        errors.push(found.error);
      } else {
        rules.push(found.rule);
      }
    }
    return { rules, error: aggregate(errors) };
  }

  /** The rules of the role that a binding names; throws a 404 where there is none. */
  rulesOfBinding({ roleRef, metadata }: KubeObject): readonly PolicyRule[] {
    const isClusterRole = roleRef.kind === 'ClusterRole';
    const resource = isClusterRole ? 'clusterroles' : 'roles';
    const role = this.#store.get(
      `${GROUP}/${resource}`,
      isClusterRole ? undefined : metadata.namespace,
      roleRef.name,
    );
    if (!role) {
      throw notFound({
        group: GROUP,
        kind: isClusterRole ? 'clusterrole' : 'role',
        name: roleRef.name,
      });
    }
    return rulesOf(role);
  }

  *#rulesFor(
    user: User,
    namespace: string | undefined,
  ): Generator<FoundRule, void> {
    yield* this.#rulesOfBindings('clusterrolebindings', user, '');
    if (namespace) {
      yield* this.#rulesOfBindings('rolebindings', user, namespace);
    }
  }

  *#rulesOfBindings(
    resource: string,
    user: User,
    namespace: string,
  ): Generator<FoundRule, void> {
    for (const binding of this.#store
      .collection(`${GROUP}/${resource}`)
      .list()) {
      const subject: Fields | undefined =
        (binding.metadata.namespace ?? '') === namespace
          ? binding.subjects?.find((it: Fields) =>
              appliesTo(user, it, namespace),
            )
          : undefined;
      if (subject) {
        yield* this.#rulesOf(binding, subject);
      }
    }
  }

  *#rulesOf(binding: KubeObject, subject: Fields): Generator<FoundRule, void> {
    let rules: readonly PolicyRule[];
    try {
      rules = this.rulesOfBinding(binding);
    } catch (error) {
      yield { error: (error as Error).message };
      return;
    }
    for (const rule of rules) {
      yield { rule, source: () => describeBinding(binding, subject) };
    }
  }
}
