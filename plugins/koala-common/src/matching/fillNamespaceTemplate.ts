import { Environment } from '../environments/Environment';
import { ServiceIdentity } from '../services/ServiceIdentity';

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const PLACEHOLDER = /\{([^{}]*)\}/g;

/** `group:default/shop-core` is called `shop-core`. */
function nameOfReference(reference: string | undefined): string | undefined {
  return reference?.slice(reference.lastIndexOf('/') + 1).replace(/^.*:/, '');
}

/**
 * Fills a template such as `{system}-{environment}` for one service.
 *
 * A value that cannot be part of a namespace's name (`jane.doe`) counts as missing: changing it to one
 * that can might name somebody else's namespace.
 *
 * @returns the namespace, or the name of the placeholder that cannot be filled.
 * @public
 */
export function fillNamespaceTemplate(options: {
  template: string;
  service: ServiceIdentity;
  environment: Pick<Environment, 'name'>;
}): { namespace: string } | { missing: string } {
  const { template, service, environment } = options;
  const values = new Map([
    ['system', nameOfReference(service.system)],
    ['component', service.name],
    ['owner', nameOfReference(service.owner)],
    ['project', nameOfReference(service.project)],
    ['environment', environment.name],
  ]);
  let missing: string | undefined;
  const filled = template.replace(PLACEHOLDER, (_, placeholder: string) => {
    const value = values.get(placeholder)?.toLowerCase();
    if (!value || !/^[-a-z0-9]+$/.test(value)) {
      missing ??= placeholder;
      return '';
    }
    return value;
  });
  if (missing !== undefined) {
    return { missing };
  }
  return NAMESPACE.test(filled)
    ? { namespace: filled }
    : { missing: /\{([^{}]*)\}/.exec(template)?.[1] ?? template };
}
