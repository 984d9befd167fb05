import { KUBERNETES_ID_ANNOTATION } from '../annotations';
import { selectorMatches } from '../labels/selectorMatches';
import { APP_LABEL, APP_NAME_LABEL } from '../labels/wellKnownLabels';
import { WorkloadObject } from '../objects/WorkloadObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { Matching } from './matchingOf';

type Test = (workload: WorkloadObject) => boolean;

/** A label counts on the workload or on its pod template. */
function carries(keys: readonly string[], value: string): Test {
  return ({ meta, template }) =>
    keys.some(
      key => meta.labels[key] === value || template.labels[key] === value,
    );
}

/** How closely a workload is tied to a component that says nothing about itself; strongest first. */
function nameLevels(name: string): Test[] {
  return [
    carries([KUBERNETES_ID_ANNOTATION], name),
    carries([APP_NAME_LABEL, APP_LABEL], name),
    ({ meta }) => meta.name === name,
  ];
}

/**
 * The workloads of a service, out of those of one target.
 *
 * Under the rule `name` the strongest tie that any workload of the target has decides for all of them:
 * the label `backstage.io/kubernetes-id`, else `app.kubernetes.io/name` or `app`, else the very name.
 *
 * @param options - `workloads`: everything in the namespaces of one target.
 * @public
 */
export function matchWorkloads<W extends WorkloadObject>(options: {
  matching: Matching;
  service: ServiceIdentity;
  workloads: readonly W[];
}): W[] {
  const { matching, service, workloads } = options;
  const { rule, selector, id } = matching;
  switch (rule) {
    case 'kubernetes-label-selector':
      return selector
        ? workloads.filter(
            ({ meta, template }) =>
              selectorMatches(selector, meta.labels) ||
              selectorMatches(selector, template.labels),
          )
        : [];
    case 'kubernetes-id':
      return id === undefined
        ? []
        : workloads.filter(carries([KUBERNETES_ID_ANNOTATION], id));
    default:
      return byNameLevels(nameLevels(id ?? service.name), workloads);
  }
}

/**
 * The strongest tie that any workload has decides for all of them. Jobs join in by any tie, and decide
 * only among themselves: the label on a migration must not hide the Deployment that has none.
 */
function byNameLevels<W extends WorkloadObject>(
  levels: readonly Test[],
  workloads: readonly W[],
): W[] {
  const jobs = workloads.filter(({ kind }) => kind === 'Job');
  for (const test of levels) {
    const matched = workloads.filter(one => one.kind !== 'Job' && test(one));
    if (matched.length > 0) {
      return [
        ...matched,
        ...jobs.filter(job => levels.some(level => level(job))),
      ];
    }
  }
  for (const test of levels) {
    const matched = jobs.filter(test);
    if (matched.length > 0) {
      return matched;
    }
  }
  return [];
}
