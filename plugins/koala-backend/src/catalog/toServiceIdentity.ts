import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  NAMESPACES_ANNOTATION,
  ServiceIdentity,
} from '@koala-ops/backstage-plugin-koala-common';

const MATCHING_ANNOTATIONS = [
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
];
const READ_ANNOTATIONS = [
  ...MATCHING_ANNOTATIONS,
  KUBERNETES_NAMESPACE_ANNOTATION,
  KUBERNETES_CLUSTER_ANNOTATION,
  NAMESPACES_ANNOTATION,
];
const PROJECT_ANNOTATIONS = [
  'github.com/project-slug',
  'gitlab.com/project-slug',
  'bitbucket.org/project-slug',
];

/** The fields that {@link toServiceIdentity} reads, for a catalog query. */
export const SERVICE_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'relations',
];

/**
 * A Component as a service, or undefined where it is none: its type is not one of the configured ones,
 * and no annotation says that it runs in a cluster.
 */
export function toServiceIdentity(
  entity: Entity,
  serviceTypes: ReadonlySet<string>,
): ServiceIdentity | undefined {
  const {
    annotations = {},
    name,
    namespace = 'default',
    title,
  } = entity.metadata;
  const type = text(entity.spec?.type);
  const annotated = MATCHING_ANNOTATIONS.some(key => annotations[key]);
  if (!annotated && !(type && serviceTypes.has(type))) return undefined;

  const read: Record<string, string> = {};
  for (const key of READ_ANNOTATIONS) {
    if (typeof annotations[key] === 'string') read[key] = annotations[key];
  }
  return {
    ref: stringifyEntityRef(entity),
    namespace,
    name,
    title,
    type,
    lifecycle: text(entity.spec?.lifecycle),
    owner: related(entity, RELATION_OWNED_BY, 'owner', 'group'),
    system: related(entity, RELATION_PART_OF, 'system', 'system'),
    project: projectOf(annotations),
    annotations: read,
  };
}

/** A relation as the catalog resolved it, else what the spec says: relations are made a moment later. */
function related(
  entity: Entity,
  relation: string,
  field: string,
  defaultKind: string,
): string | undefined {
  const target = entity.relations?.find(
    ({ type, targetRef }) =>
      type === relation &&
      (relation === RELATION_OWNED_BY || targetRef.startsWith('system:')),
  )?.targetRef;
  if (target) return target;
  const written = text(entity.spec?.[field]);
  if (!written) return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(written, {
        defaultKind,
        defaultNamespace: entity.metadata.namespace,
      }),
    );
  } catch {
    return undefined;
  }
}

function projectOf(annotations: Record<string, string>): string | undefined {
  for (const key of PROJECT_ANNOTATIONS) {
    const slug = annotations[key];
    if (typeof slug === 'string' && slug.includes('/')) {
      return slug.slice(0, slug.lastIndexOf('/'));
    }
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
