import { ReadModel } from '../resolution/ReadModel';
import { KoalaServiceResource, resourceOf } from './koalaServiceResource';

/**
 * Finds resources by the references that other plugins authorise with:
 * `<entity reference>@<environment>/<target>`, such as `component:default/cart@prod/eu`.
 */
export function findResources(
  model: ReadModel,
  refs: readonly string[],
): (KoalaServiceResource | undefined)[] {
  return refs.map(ref => {
    const [, service, environment, target] =
      /^([^@]+)@([^/]+)\/(.+)$/.exec(ref) ?? [];
    const slot = model
      .cellsOf(service)
      .find(({ cell }) => cell.environment === environment)
      ?.slots.find(candidate => candidate.target.name === target);
    return slot && resourceOf(slot);
  });
}
