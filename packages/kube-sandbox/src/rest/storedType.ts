import { KubeObject } from '../objects/KubeObject';
import { ResourceType, resourceTypes } from '../registry/Registry';

/** The type and form in which an object of a type is stored, where that is another version of the API. */
export function storedType(
  type: ResourceType,
  object: KubeObject,
): { type: ResourceType; object: KubeObject } {
  const { storedAs } = type.strategy;
  if (!storedAs) {
    return { type, object };
  }
  const stored = resourceTypes().find(
    ({ group, resource }) =>
      group === storedAs.group && resource === storedAs.resource,
  );
  if (!stored) {
    throw new Error(`${type.resource} is stored as a type that is not served`);
  }
  return { type: stored, object: storedAs.conversion.toStored(object) };
}

/** An object of the store as a type shows it. */
export function shownAs(type: ResourceType, object: KubeObject): KubeObject {
  return type.strategy.storedAs?.conversion.fromStored(object) ?? object;
}
