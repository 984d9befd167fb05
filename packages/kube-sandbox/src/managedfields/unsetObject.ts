import { definitionOf } from '../schema/schema';

function unsetValue(definition: string): Record<string, unknown> {
  const { unset = {}, fields } = definitionOf(definition);
  return Object.fromEntries(
    Object.entries(unset).map(([name, value]) => {
      const type = fields[name];
      return [
        name,
        value !== null && type.startsWith('@')
          ? unsetValue(type.slice(1))
          : value,
      ];
    }),
  );
}

const objects = new Map<string, Record<string, unknown>>();

/**
 * A new object of a kind before anybody has set a field, with the empty structs that Go shows all the same. Whoever
 * creates an object owns what differs from it. Not to be changed.
 */
export function unsetObject(definition: string): Record<string, unknown> {
  let object = objects.get(definition);
  if (!object) {
    object = unsetValue(definition);
    objects.set(definition, object);
  }
  return object;
}
