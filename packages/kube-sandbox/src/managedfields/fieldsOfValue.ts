import { asMember, FieldTree, LEAF, nodeOf, NO_FIELDS } from './FieldTree';
import { itemsByElement } from './listElement';
import { fieldElement } from './pathElement';
import { entryTopology, isDeclared, Topology } from './Topology';

const isEmptyMap = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

function fieldsBelow(
  topology: Topology,
  value: unknown,
): FieldTree | undefined {
  if (
    topology.kind === 'scalar' ||
    topology.kind === 'untyped' ||
    (topology.kind === 'list' ? topology.items === 'atomic' : topology.atomic)
  ) {
    return LEAF;
  }
  if (value === null || value === undefined) {
    return undefined;
  }
  const children = new Map<string, FieldTree>();
  if (topology.kind === 'list') {
    for (const [element, items] of itemsByElement(
      topology,
      value as unknown[],
    )) {
      const below =
        items.length === 1
          ? fieldsBelow(topology.element, items[0])
          : undefined;
      children.set(element, asMember(below ?? LEAF));
    }
    return nodeOf(false, children);
  }
  for (const [name, entry] of Object.entries(value)) {
    const type = entryTopology(topology, name);
    if (!type) {
      continue;
    }
    const below = fieldsBelow(type, entry);
    if (entry === null || isEmptyMap(entry) || !isDeclared(topology, name)) {
      children.set(fieldElement(name), asMember(below ?? LEAF));
    } else if (below) {
      children.set(fieldElement(name), below);
    }
  }
  return nodeOf(false, children);
}

/** The set of all fields and items that an object has. */
export function fieldsOfValue(topology: Topology, value: unknown): FieldTree {
  return fieldsBelow(topology, value) ?? NO_FIELDS;
}
