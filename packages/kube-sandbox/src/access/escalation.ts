import { forbidden } from '../status/errors';
import { Named } from '../status/errors';
import { User } from './Authenticator';
import { PolicyRule } from './policyRules';
import { RoleBasedAccess } from './RoleBasedAccess';

const quoted = (list: readonly string[]) =>
  `[${list.map(item => JSON.stringify(item)).join(' ')}]`;

/** A rule taken apart: one verb of one resource (or path), by name or not. */
function breakDown(rule: PolicyRule): PolicyRule[] {
  const { verbs, apiGroups = [], resources = [], nonResourceURLs = [] } = rule;
  const names = rule.resourceNames?.length
    ? rule.resourceNames.map(name => ({ resourceNames: [name] }))
    : [{}];
  return [
    ...apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.flatMap(verb =>
          names.map(name => ({
            apiGroups: [group],
            resources: [resource],
            verbs: [verb],
            ...name,
          })),
        ),
      ),
    ),
    ...nonResourceURLs.flatMap(url =>
      verbs.map(verb => ({ nonResourceURLs: [url], verbs: [verb] })),
    ),
  ];
}

const holds = (owned: readonly string[] | undefined, wanted: string) =>
  owned !== undefined && (owned.includes('*') || owned.includes(wanted));

function holdsPath(owned: readonly string[], path: string): boolean {
  return owned.some(
    url =>
      url === '*' ||
      url === path ||
      (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''))),
  );
}

/** Whether a rule includes what a broken-down rule allows. */
function covers(owner: PolicyRule, part: PolicyRule): boolean {
  if (!holds(owner.verbs, part.verbs[0])) {
    return false;
  }
  if (part.nonResourceURLs) {
    return holdsPath(owner.nonResourceURLs ?? [], part.nonResourceURLs[0]);
  }
  const [resource] = part.resources!;
  const [, subresource] = resource.split('/');
  const { resourceNames = [] } = owner;
  return (
    holds(owner.apiGroups, part.apiGroups![0]) &&
    (holds(owner.resources, resource) ||
      (subresource !== undefined &&
        owner.resources!.includes(`*/${subresource}`))) &&
    (resourceNames.length === 0 ||
      (part.resourceNames !== undefined &&
        resourceNames.includes(part.resourceNames[0])))
  );
}

/** Puts the verbs of one resource together again. */
function compact(parts: readonly PolicyRule[]): PolicyRule[] {
  const byResource = new Map<string, PolicyRule>();
  for (const part of parts) {
    const key = JSON.stringify([
      part.apiGroups,
      part.resources,
      part.resourceNames,
      part.nonResourceURLs && [part.nonResourceURLs, part.verbs],
    ]);
    const before = byResource.get(key);
    byResource.set(
      key,
      before ? { ...before, verbs: [...before.verbs, ...part.verbs] } : part,
    );
  }
  return [...byResource.values()];
}

function describe(rule: PolicyRule): string {
  const fields: [string, readonly string[] | undefined][] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  return `{${fields
    .filter(([, values]) => values && values.length > 0)
    .map(([name, values]) => `${name}:${quoted(values!)}`)
    .join(', ')}}`;
}

/** Throws the 403 of the real server where somebody wants to give others what they do not have themselves. */
export function confirmNoEscalation(options: {
  access: RoleBasedAccess;
  user: User;
  namespace: string | undefined;
  rules: readonly PolicyRule[];
  /** The role or binding that is written. */
  named: Named;
}): void {
  const { access, user, namespace, rules, named } = options;
  const held = access.rulesFor(user, namespace);
  const missing = rules
    .flatMap(breakDown)
    .filter(part => !held.rules.some(rule => covers(rule, part)));
  if (missing.length === 0) {
    return;
  }
  const descriptions = [...new Set(compact(missing).map(describe))].sort();
  throw forbidden(
    named,
    `user ${JSON.stringify(user.user)} (groups=${quoted(
      user.groups ?? [],
    )}) is attempting to grant RBAC permissions not currently held:\n${descriptions.join(
      '\n',
    )}${held.error && `; resolution errors: [${held.error}]`}`,
  );
}
