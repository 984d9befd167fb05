import { PodTemplate } from '../objects/PodTemplate';
import { WorkloadObject } from '../objects/WorkloadObject';
import { byRevision } from './newestReplicaSet';
import { versionOf } from './versionOf';
import { WorkloadParts } from './WorkloadParts';

/**
 * A version that a workload was asked to run.
 *
 * @public
 */
export interface PastVersion {
  version: string;
  /** When it was asked for first; ms since the epoch. */
  since: number;
}

/**
 * What a workload has run, the newest first, as far as its ReplicaSets or ControllerRevisions tell; each version
 * once in a row. Kubernetes keeps ten older revisions unless told otherwise.
 *
 * @public
 */
export function versionHistoryOf(
  options: { workload: WorkloadObject } & Pick<
    WorkloadParts,
    'replicaSets' | 'revisions'
  >,
): PastVersion[] {
  const history: PastVersion[] = [];
  for (const { template, since } of templatesOf(options)) {
    const { version } = versionOf({
      image:
        template.containers.find(({ role }) => role === 'main')?.image ?? '',
      labels: [template.labels],
    });
    const last = history[history.length - 1];
    if (last?.version === version) {
      last.since = Math.min(last.since, since);
    } else {
      history.push({ version, since });
    }
  }
  return history;
}

interface PastTemplate {
  template: PodTemplate;
  since: number;
}

function templatesOf({
  workload,
  replicaSets = [],
  revisions = [],
}: Parameters<typeof versionHistoryOf>[0]): PastTemplate[] {
  if (workload.kind === 'Deployment') {
    return [...replicaSets]
      .sort(byRevision)
      .map(({ template, meta }) => ({ template, since: meta.createdAt }));
  }
  return [...revisions]
    .sort((a, b) => b.revision - a.revision)
    .flatMap(({ template, meta }) =>
      template ? [{ template, since: meta.createdAt }] : [],
    );
}
