import { listElement } from './listElement';
import { elementText, fieldElement } from './pathElement';
import { entryTopology, ListTopology, MapTopology, Topology } from './Topology';

/** Something in an applied object that does not fit its type. */
interface Problem {
  path: string;
  message: string;
}

/** How Go prints a value with `%v`. */
function goText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(goText).join(' ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries
      .map(([key, entry]) => `${key}:${goText(entry)}`)
      .join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}

/** How Go prints a value with `%#v`. */
function goSyntax(value: unknown): string {
  if (Array.isArray(value)) {
    return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[string]interface {}{${entries
      .map(([key, entry]) => `${JSON.stringify(key)}:${goSyntax(entry)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

function goType(value: unknown): string {
  if (Array.isArray(value)) {
    return '[]interface {}';
  }
  return (
    { string: 'string', boolean: 'bool', object: 'map[string]interface {}' }[
      typeof value as string
    ] ?? 'int64'
  );
}

function scalarProblem(
  type: Extract<Topology, { kind: 'scalar' }>['type'],
  value: unknown,
): string | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goSyntax(
            value,
          )}}`;
    case 'numeric':
      return typeof value === 'number'
        ? undefined
        : `expected numeric (int or float), got ${goType(value)}`;
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : `expected boolean, got &{${goText(value)}}`;
    default:
      return typeof value === 'object'
        ? `expected any scalar, got &{${goText(value)}}`
        : undefined;
  }
}

function validateItems(
  topology: ListTopology,
  items: readonly unknown[],
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    let element = `i:${index}`;
    if (topology.items !== 'atomic') {
      try {
        element = listElement(topology, item);
      } catch (error) {
        const { message } = error as Error;
        return [...problems, { path, message: `element ${index}: ${message}` }];
      }
      if (seen.has(element)) {
        problems.push({
          path,
          message: `duplicate entries for key ${elementText(element)}`,
        });
      }
      seen.add(element);
    }
    problems.push(
      ...validate(topology.element, item, path + elementText(element)),
    );
  }
  return problems;
}

function validateEntries(
  topology: MapTopology,
  value: object,
  path: string,
): Problem[] {
  return Object.entries(value).flatMap(([name, entry]) => {
    const below = path + elementText(fieldElement(name));
    const type = entryTopology(topology, name);
    return type
      ? validate(type, entry, below)
      : [{ path: below, message: 'field not declared in schema' }];
  });
}

function validate(topology: Topology, value: unknown, path: string): Problem[] {
  if (value === null || value === undefined || topology.kind === 'untyped') {
    return [];
  }
  if (topology.kind === 'scalar') {
    const message = scalarProblem(topology.type, value);
    return message ? [{ path, message }] : [];
  }
  if (topology.kind === 'list') {
    return Array.isArray(value)
      ? validateItems(topology, value, path)
      : [{ path, message: `expected list, got &{${goText(value)}}` }];
  }
  return typeof value === 'object' && !Array.isArray(value)
    ? validateEntries(topology, value, path)
    : [{ path, message: `expected map, got &{${goText(value)}}` }];
}

/** What is wrong with an applied object, in the real server's words; undefined where it fits its type. */
export function typedProblem(
  topology: Topology,
  value: unknown,
): string | undefined {
  const problems = validate(topology, value, '').map(({ path, message }) =>
    path ? `${path}: ${message}` : message,
  );
  if (problems.length <= 1) {
    return problems[0];
  }
  return `errors:\n${problems.map(problem => `  ${problem}`).join('\n')}`;
}
