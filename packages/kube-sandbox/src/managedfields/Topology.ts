import { Definition, definitionOf } from '../schema/schema';

/** How the fields of a value are owned: one by one where a struct, map or list is looked into, else as a whole. */
export type Topology =
  | { kind: 'scalar'; type: 'string' | 'numeric' | 'boolean' | 'any' }
  | { kind: 'untyped' }
  | { kind: 'struct'; atomic: boolean; definition: string }
  | { kind: 'map'; atomic: boolean; element: Topology }
  | {
      kind: 'list';
      items: 'atomic' | 'set' | 'map';
      element: Topology;
      keys: readonly ListKey[];
    };

/** A field by which the items of a list are told apart, and its value where an item does not say. */
export interface ListKey {
  name: string;
  fallback?: unknown;
}

export type MapTopology = Extract<Topology, { kind: 'map' | 'struct' }>;
export type ListTopology = Extract<Topology, { kind: 'list' }>;

const SCALARS: Record<string, Topology> = {
  string: { kind: 'scalar', type: 'string' },
  bytes: { kind: 'scalar', type: 'string' },
  boolean: { kind: 'scalar', type: 'boolean' },
  int32: { kind: 'scalar', type: 'numeric' },
  int64: { kind: 'scalar', type: 'numeric' },
  number: { kind: 'scalar', type: 'numeric' },
  quantity: { kind: 'scalar', type: 'any' },
  intOrString: { kind: 'scalar', type: 'any' },
  time: { kind: 'scalar', type: 'any' },
  any: { kind: 'untyped' },
};

/** What the schema says of a field beyond its type. */
interface Extension {
  topology?: string;
  defaults?: Readonly<Record<string, unknown>>;
}

function topologyOf(type: string, extension: Extension = {}): Topology {
  const { topology = '', defaults = {} } = extension;
  if (type.startsWith('[]')) {
    const [items, keys = ''] = topology.split(':');
    return {
      kind: 'list',
      items: items === 'set' || items === 'map' ? items : 'atomic',
      element: topologyOf(type.slice(2)),
      keys: keys
        .split(',')
        .filter(Boolean)
        .map(name => ({ name, fallback: defaults[name] })),
    };
  }
  if (type.startsWith('{}')) {
    return {
      kind: 'map',
      atomic: topology === 'atomic',
      element: topologyOf(type.slice(2)),
    };
  }
  if (type.startsWith('@')) {
    const definition = type.slice(1);
    return {
      kind: 'struct',
      definition,
      atomic: topology
        ? topology === 'atomic'
        : definitionOf(definition).atomic === true,
    };
  }
  return SCALARS[type] ?? SCALARS.any;
}

/** The topology of a whole object. */
export function topologyOfDefinition(definition: string): Topology {
  return { kind: 'struct', atomic: false, definition };
}

const fieldsByDefinition = new Map<string, Map<string, Topology>>();

function fieldsOf(definition: string): Map<string, Topology> {
  let fields = fieldsByDefinition.get(definition);
  if (!fields) {
    const {
      fields: types,
      topology,
      keyDefaults,
    }: Definition = definitionOf(definition);
    fields = new Map(
      Object.entries(types).map(([name, type]) => [
        name,
        topologyOf(type, {
          topology: topology?.[name],
          defaults: keyDefaults?.[name],
        }),
      ]),
    );
    fieldsByDefinition.set(definition, fields);
  }
  return fields;
}

/** The topology of an entry of a struct or map; undefined where a struct has no such field. */
export function entryTopology(
  topology: MapTopology,
  name: string,
): Topology | undefined {
  return topology.kind === 'map'
    ? topology.element
    : fieldsOf(topology.definition).get(name);
}

/** Whether an entry is a field that a type declares, and not a key of a map. */
export function isDeclared(topology: MapTopology, name: string): boolean {
  return topology.kind === 'struct' && fieldsOf(topology.definition).has(name);
}
