import { ListTopology, MapTopology, Topology } from './Topology';

const isVoid = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0);

type Leaf = Exclude<Topology, ListTopology | MapTopology>;

/** Whether two values of a type are not looked into: scalars, atomic lists and maps, and where neither has anything in it. */
export function isTakenWhole(
  topology: Topology,
  one: unknown,
  other: unknown,
): topology is Leaf {
  return (
    topology.kind === 'scalar' ||
    topology.kind === 'untyped' ||
    (topology.kind === 'list'
      ? topology.items === 'atomic'
      : topology.atomic) ||
    (isVoid(one) && isVoid(other))
  );
}
