import { KUBERNETES_ID_ANNOTATION } from '../annotations';
import { APP_LABEL, APP_NAME_LABEL } from '../labels/wellKnownLabels';
import { WorkloadObject } from '../objects/WorkloadObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { NearMiss } from '../state/EnvironmentDetail';
import { Matching } from './matchingOf';
import { nearNameOf } from './nearNameOf';

const LABELS = [KUBERNETES_ID_ANNOTATION, APP_NAME_LABEL, APP_LABEL];

/** How a workload is called, the word that is most meant to be the service's first. */
function wordsOf({ meta, template }: WorkloadObject) {
  return [
    ...LABELS.flatMap(label =>
      [meta.labels[label], template.labels[label]].flatMap(says =>
        says ? [{ by: `label ${label}`, says }] : [],
      ),
    ),
    { by: 'name', says: meta.name },
  ];
}

/** What would have made the workload the service's. */
function cureOf({ rule, id }: Matching, name: string): string {
  switch (rule) {
    case 'kubernetes-label-selector':
      return 'Correct the label, or the selector in the annotation of the entity.';
    case 'kubernetes-id':
      return `Give the workload the label ${KUBERNETES_ID_ANNOTATION}=${id}.`;
    default:
      return `Give the workload the label ${KUBERNETES_ID_ANNOTATION}=${name}, or the entity the annotation ${KUBERNETES_ID_ANNOTATION}.`;
  }
}

/**
 * Whether a workload that no service claims was probably meant for a service that found none.
 *
 * @public
 */
export function nearMissOf(options: {
  matching: Matching;
  service: Pick<ServiceIdentity, 'ref' | 'name'>;
  workload: WorkloadObject;
}): NearMiss | undefined {
  const { matching, service, workload } = options;
  const wanted = matching.id ?? service.name;
  const near = nearNameOf(wanted);
  const found = wordsOf(workload).find(({ says }) => nearNameOf(says) === near);
  if (!found) {
    return undefined;
  }
  const { kind, meta } = workload;
  const where = `${kind} ${meta.namespace}/${meta.name}`;
  const said =
    found.by === 'name'
      ? `${where} is called almost like ${wanted}`
      : `${found.by.replace(/^l/, 'L')} of ${where} says ${
          found.says
        }, not ${wanted}`;
  return {
    service: service.ref,
    ...found,
    message: `${
      found.says === wanted
        ? `${where} is called ${wanted}, but is not found by the rule of ${service.ref}`
        : said
    }. ${cureOf(matching, service.name)}`,
  };
}
