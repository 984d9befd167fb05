import { setField } from '../objects/freeze';
import { FieldTree, hasField, NO_FIELDS } from './FieldTree';
import { listElement } from './listElement';
import { fieldElement } from './pathElement';
import { entryTopology, Topology } from './Topology';

const below = (fields: FieldTree, element: string): FieldTree =>
  fields[element] ?? NO_FIELDS;

function hasBelow(fields: FieldTree, element: string): boolean {
  const node = below(fields, element);
  return Object.keys(node).some(key => key !== '.');
}

/** The value without the entries and items of the set; null where nothing of a list or map is left. */
export function removeFields(
  topology: Topology,
  value: unknown,
  fields: FieldTree,
): unknown {
  if (topology.kind === 'scalar' || topology.kind === 'untyped') {
    return value;
  }
  if (topology.kind === 'list') {
    if (!Array.isArray(value) || topology.items === 'atomic') {
      return null;
    }
    const items: unknown[] = [];
    for (const item of value) {
      const element = listElement(topology, item);
      if (!hasField(fields, [element])) {
        items.push(
          hasBelow(fields, element)
            ? removeFields(topology.element, item, below(fields, element))
            : item,
        );
      }
    }
    return items.length > 0 ? items : null;
  }
  if (typeof value !== 'object' || value === null || topology.atomic) {
    return null;
  }
  const result = {};
  let size = 0;
  for (const [name, entry] of Object.entries(value)) {
    const element = fieldElement(name);
    const type = entryTopology(topology, name);
    if (!type || hasField(fields, [element])) {
      continue;
    }
    size += 1;
    setField(
      result,
      name,
      hasBelow(fields, element)
        ? removeFields(type, entry, below(fields, element))
        : entry,
    );
  }
  return size > 0 ? result : null;
}
