import { digestOf } from '../images/digests';
import { APP_VERSION_LABEL } from '../labels/wellKnownLabels';
import { WorkloadObject } from '../objects/WorkloadObject';
import { Release } from '../state/Release';
import { disagrees } from './disagrees';
import { lineageOf, mainImageOf, runningDigest } from './lineageOf';
import { versionOf } from './versionOf';
import { WorkloadParts } from './WorkloadParts';

function firstOther(
  versions: Iterable<string>,
  version: string,
): string | undefined {
  for (const other of versions) {
    if (other !== version) {
      return other;
    }
  }
  return undefined;
}

/**
 * The release that a workload rolls out or has rolled out: what its template asks for, with the version
 * that is being replaced while pods of an older one are left.
 *
 * @param options - ReplicaSets, revisions and pods of this workload; those of others are left out by
 *   their owner.
 * @public
 */
export function releaseOf(
  options: { workload: WorkloadObject } & WorkloadParts,
): Release {
  const { workload, ...parts } = options;
  const { template, meta } = workload;
  const { revision, deployedAt, newestPods, olderVersions } = lineageOf(
    workload,
    parts,
  );
  const image = mainImageOf(template);
  const digest = digestOf(image) ?? runningDigest(newestPods, image);
  const labels = [template.labels, meta.labels];
  const { version, source } = versionOf({ image, labels, digest });
  const label = labels
    .map(candidate => candidate[APP_VERSION_LABEL])
    .find(value => value !== undefined && value !== '');
  return {
    version,
    source,
    previous: firstOther(olderVersions(), version),
    labelSays:
      source === 'tag' && label && disagrees(label, version)
        ? label
        : undefined,
    image,
    digest,
    revision,
    deployedAt,
  };
}
