import { Fields } from '../objects/KubeObject';

/** What somebody wants to do: with a resource, or with a path that is none. */
export type AccessAttributes =
  | {
      verb: string;
      group: string;
      resource: string;
      subresource?: string;
      namespace?: string;
      name?: string;
    }
  | { verb: string; path: string };

/** A rule of a Role or ClusterRole. */
export interface PolicyRule {
  verbs: readonly string[];
  apiGroups?: readonly string[];
  /** Plurals, `resource/subresource`, or `*` before `/subresource`. */
  resources?: readonly string[];
  resourceNames?: readonly string[];
  nonResourceURLs?: readonly string[];
}

/** The rules of a Role or ClusterRole; there may be none. */
export const rulesOf = (role: Fields): readonly PolicyRule[] =>
  role.rules ?? [];

const matches = (list: readonly string[] | undefined, value: string) =>
  list !== undefined && (list.includes('*') || list.includes(value));

function resourceMatches(
  { resources = [] }: PolicyRule,
  resource: string,
  subresource: string | undefined,
): boolean {
  const combined = subresource ? `${resource}/${subresource}` : resource;
  return (
    matches(resources, combined) ||
    (subresource !== undefined && resources.includes(`*/${subresource}`))
  );
}

function pathMatches({ nonResourceURLs = [] }: PolicyRule, path: string) {
  return nonResourceURLs.some(
    url =>
      url === '*' ||
      url === path ||
      (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''))),
  );
}

/** Whether a rule lets somebody do that. */
export function ruleAllows(
  rule: PolicyRule,
  wanted: AccessAttributes,
): boolean {
  if (!matches(rule.verbs, wanted.verb)) {
    return false;
  }
  if ('path' in wanted) {
    return pathMatches(rule, wanted.path);
  }
  const { resourceNames = [] } = rule;
  return (
    matches(rule.apiGroups, wanted.group) &&
    resourceMatches(rule, wanted.resource, wanted.subresource) &&
    (resourceNames.length === 0 || resourceNames.includes(wanted.name ?? ''))
  );
}
