import { asMember, FieldTree, mapNodes } from './FieldTree';
import { entryTopology, isDeclared, Topology } from './Topology';

function elementTopology(
  topology: Topology | undefined,
  element: string,
): Topology | undefined {
  const isMap = topology?.kind === 'struct' || topology?.kind === 'map';
  if (element.startsWith('f:') && isMap) {
    return entryTopology(topology, element.slice(2));
  }
  return element.startsWith('k:') && topology?.kind === 'list'
    ? topology.element
    : undefined;
}

/**
 * The set with the structs that its fields are in: whoever owns `spec.replicas` has `spec` too, unlike the keys of a map.
 */
export function withNamedFields(
  set: FieldTree,
  topology: Topology | undefined,
): FieldTree {
  const isMap = topology?.kind === 'struct' || topology?.kind === 'map';
  return mapNodes(set, (element, node) => {
    const below = withNamedFields(node, elementTopology(topology, element));
    return element.startsWith('f:') &&
      isMap &&
      isDeclared(topology, element.slice(2))
      ? asMember(below)
      : below;
  });
}
