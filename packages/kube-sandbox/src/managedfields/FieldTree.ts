import { compareElements, elementText } from './pathElement';

/**
 * A set of fields as `fieldsV1` shows it: keys are path elements (`f:spec`, `k:{"name":"main"}`, `v:"x"`), in the order
 * of the real server. A node belongs to the set where it is empty or has the key `.`; the root stands for no field.
 * Trees are never changed, so that sets share what they have in common.
 */
export interface FieldTree {
  readonly [pathElement: string]: FieldTree;
}

/** A field of the set without fields below it. */
export const LEAF: FieldTree = Object.freeze({});
/** The set without fields, as a root. */
export const NO_FIELDS: FieldTree = LEAF;

const SELF = '.';

/** Whether there is nothing in a set. */
export function isEmpty(root: FieldTree): boolean {
  return Object.keys(root).length === 0;
}

/** Whether a node below the root stands for a field of the set, and not just for fields below it. */
function isMember(node: FieldTree): boolean {
  return SELF in node || isEmpty(node);
}

/** A node of its children by path element, in any order; undefined where it stands for nothing. */
export function nodeOf(
  member: boolean,
  children: ReadonlyMap<string, FieldTree>,
): FieldTree | undefined {
  if (children.size === 0) {
    return member ? LEAF : undefined;
  }
  const node: Record<string, FieldTree> = {};
  if (member) {
    node[SELF] = LEAF;
  }
  const elements = [...children.keys()];
  if (elements.length > 1) {
    elements.sort(compareElements);
  }
  for (const element of elements) {
    node[element] = children.get(element)!;
  }
  return node;
}

const root = (node: FieldTree | undefined, asRoot: boolean) =>
  asRoot ? node ?? NO_FIELDS : node;

function childrenOf(node: FieldTree): string[] {
  return Object.keys(node).filter(key => key !== SELF);
}

/** The fields of either set. */
export function union(a: FieldTree, b: FieldTree, asRoot = true): FieldTree {
  if (a === b) {
    return a;
  }
  const children = new Map<string, FieldTree>();
  let fromA = true;
  for (const element of childrenOf(a)) {
    const other = b[element];
    const joined = other ? union(a[element], other, false) : a[element];
    fromA &&= joined === a[element];
    children.set(element, joined);
  }
  for (const element of childrenOf(b)) {
    if (!children.has(element)) {
      fromA = false;
      children.set(element, b[element]);
    }
  }
  const member = !asRoot && (isMember(a) || isMember(b));
  if (fromA && (asRoot || member === isMember(a))) {
    return a;
  }
  return nodeOf(member, children) ?? NO_FIELDS;
}

type Keep = (inA: boolean, inB: boolean) => boolean;

/** What remains of `a` where `keep` decides for each field and `absent` for what `b` has no node for. */
function filter(options: {
  a: FieldTree;
  b: FieldTree;
  keep: Keep;
  absent: 'kept' | 'dropped';
  /** Drops everything below a field of `b` too. */
  recursive?: boolean;
  asRoot?: boolean;
}): FieldTree | undefined {
  const { a, b, keep, absent, recursive = false, asRoot = true } = options;
  const children = new Map<string, FieldTree>();
  let unchanged = true;
  for (const element of childrenOf(a)) {
    const other = b[element];
    let child: FieldTree | undefined;
    if (!other) {
      child = absent === 'kept' ? a[element] : undefined;
    } else if (!(recursive && isMember(other))) {
      child = filter({ ...options, a: a[element], b: other, asRoot: false });
    }
    unchanged &&= child === a[element];
    if (child) {
      children.set(element, child);
    }
  }
  const member = !asRoot && keep(isMember(a), isMember(b));
  if (unchanged && (asRoot || member === isMember(a))) {
    return a;
  }
  return root(nodeOf(member, children), asRoot);
}

/** The fields of `a` that are not in `b`; fields below those of `b` stay. */
export function difference(a: FieldTree, b: FieldTree): FieldTree {
  return filter({
    a,
    b,
    keep: (inA, inB) => inA && !inB,
    absent: 'kept',
  })!;
}

/** The fields of `a` that are neither in `b` nor below a field of `b`. */
export function recursiveDifference(a: FieldTree, b: FieldTree): FieldTree {
  return filter({
    a,
    b,
    keep: (inA, inB) => inA && !inB,
    absent: 'kept',
    recursive: true,
  })!;
}

/** The fields of both sets. */
export function intersection(a: FieldTree, b: FieldTree): FieldTree {
  return filter({
    a,
    b,
    keep: (inA, inB) => inA && inB,
    absent: 'dropped',
  })!;
}

/** Whether a field is in the set. */
export function hasField(set: FieldTree, path: readonly string[]): boolean {
  let node: FieldTree | undefined = set;
  for (const element of path) {
    node = node[element];
    if (!node) {
      return false;
    }
  }
  return isMember(node);
}

/** The set of one field and, with `path` only, of nothing else. */
export function setOfField(...path: string[]): FieldTree {
  return path.reduceRight<FieldTree>(
    (below, element) => ({ [element]: below }),
    LEAF,
  );
}

/** The set with every node that is a declared field of its struct; `isDeclared` decides. */
export function mapNodes(
  set: FieldTree,
  visit: (element: string, node: FieldTree) => FieldTree,
): FieldTree {
  const children = new Map<string, FieldTree>();
  for (const element of childrenOf(set)) {
    children.set(element, visit(element, set[element]));
  }
  return nodeOf(SELF in set, children) ?? set;
}

/** A node that stands for a field too. */
export function asMember(node: FieldTree): FieldTree {
  return isMember(node)
    ? node
    : nodeOf(
        true,
        new Map(childrenOf(node).map(element => [element, node[element]])),
      )!;
}

/** The text of every field, as `.spec.containers[name="main"].image`: members first, then what is below them. */
export function fieldTexts(set: FieldTree, prefix = ''): string[] {
  const elements = childrenOf(set);
  return [
    ...elements
      .filter(element => isMember(set[element]))
      .map(element => prefix + elementText(element)),
    ...elements.flatMap(element =>
      fieldTexts(set[element], prefix + elementText(element)),
    ),
  ];
}
