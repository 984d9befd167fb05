import type { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { REPLICAS, REVISIONS, versionOf } from '../population/workloadObjects';
import { Subject } from './Subject';
import { Viewer } from './Viewer';

/** An upstream answer, as far as it is looked at. */
interface UpstreamPage {
  items: {
    cluster: { name: string };
    resources: { type: string; resources: unknown[] }[];
    errors: unknown[];
  }[];
}

/**
 * Throws unless a subject's page shows what is in the clusters: a fast answer that lacks half of it would
 * win every row.
 */
export async function verifyPage(options: {
  subject: Subject;
  viewer: Viewer;
  service: string;
  clusters: readonly string[];
}): Promise<void> {
  const { subject, viewer, service, clusters } = options;
  const { body } = await viewer.view(subject.page(service), 'identity');
  const seen =
    subject.key === 'koala'
      ? countKoala(JSON.parse(body.toString()))
      : countUpstream(JSON.parse(body.toString()));
  for (const cluster of clusters) {
    const problem = seen(cluster);
    if (problem) {
      throw new Error(
        `The page of ${subject.title} for ${service} is not what is in cluster ${cluster}: ${problem}`,
      );
    }
  }
}

function countUpstream({ items }: UpstreamPage) {
  return (name: string): string | undefined => {
    const item = items.find(({ cluster }) => cluster.name === name);
    if (!item || item.errors.length > 0) {
      return `errors ${JSON.stringify(item?.errors ?? 'no such cluster')}`;
    }
    const count = (type: string) =>
      item.resources.find(group => group.type === type)?.resources.length ?? 0;
    return count('deployments') === 1 &&
      count('pods') === REPLICAS &&
      count('replicasets') === REVISIONS
      ? undefined
      : `${count('deployments')} deployments, ${count('pods')} pods, ${count(
          'replicasets',
        )} replicasets`;
  };
}

function countKoala({ cells }: ServiceDetail) {
  return (name: string): string | undefined => {
    const targets = cells
      .flatMap(cell => cell.targets)
      .filter(({ cluster }) => cluster === name);
    const [workload] = targets.flatMap(target => target.workloads);
    return workload?.pods.length === REPLICAS &&
      workload.release.version === versionOf(REVISIONS) &&
      targets.every(({ exposures }) => exposures.length === 1)
      ? undefined
      : `${targets.length} targets, workload ${JSON.stringify(workload)}`;
  };
}
