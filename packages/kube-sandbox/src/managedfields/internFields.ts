import { FieldTree, LEAF, nodeOf, NO_FIELDS } from './FieldTree';
import { parseElement } from './pathElement';

/*
 * Pods of one ReplicaSet are owned in the same way, and so are the conditions of all pods. Every distinct subtree of
 * what is stored exists once: a cluster of thousands of objects holds a few hundred of them.
 */
const ids = new WeakMap<FieldTree, number>([[LEAF, 0]]);
const known = new Map<string, WeakRef<FieldTree>>();
const forgotten = new FinalizationRegistry<string>(key => {
  if (!known.get(key)?.deref()) {
    known.delete(key);
  }
});
let lastId = 0;

/** The one frozen copy of a set. */
export function internFields(tree: FieldTree): FieldTree {
  if (ids.has(tree)) {
    return tree;
  }
  const entries = Object.entries(tree).map(
    ([element, child]) => [element, internFields(child)] as const,
  );
  if (entries.length === 0) {
    return LEAF;
  }
  // With lengths, so that no element of a client's can look like two.
  const key = entries
    .map(([element, child]) => `${element.length} ${element} ${ids.get(child)}`)
    .join(' ');
  const same = known.get(key)?.deref();
  if (same) {
    return same;
  }
  const node: Record<string, FieldTree> = {};
  for (const [element, child] of entries) {
    node[element] = child;
  }
  const frozen: FieldTree = Object.freeze(node);
  lastId += 1;
  ids.set(frozen, lastId);
  known.set(key, new WeakRef(frozen));
  forgotten.register(frozen, key);
  return frozen;
}

/** Whether a set has been interned; such sets are the same exactly where they are the same object. */
export function isInterned(tree: unknown): tree is FieldTree {
  return (
    typeof tree === 'object' && tree !== null && ids.has(tree as FieldTree)
  );
}

function readNode(data: unknown): FieldTree | undefined {
  const children = new Map<string, FieldTree>();
  let member = false;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return LEAF;
  }
  for (const [key, child] of Object.entries(data)) {
    if (key === '.') {
      member = true;
      continue;
    }
    const element = parseElement(key);
    const node = element && readNode(child);
    if (element && node) {
      children.set(element, node);
    }
  }
  return nodeOf(member || children.size === 0, children);
}

/** Reads a set that a client sent as `fieldsV1`; throws a SyntaxError where it is none. */
export function readFields(data: unknown): FieldTree {
  if (isInterned(data)) {
    return data;
  }
  const node = readNode(data) ?? NO_FIELDS;
  const { '.': self, ...root } = node as Record<string, FieldTree>;
  return internFields(self ? root : node);
}
