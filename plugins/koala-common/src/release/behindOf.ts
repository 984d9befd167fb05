import { compareVersions } from '../images/compareVersions';
import { Release } from '../state/Release';
import { Behind } from '../state/TargetState';
import { plainVersion } from './disagrees';
import { PastVersion } from './versionHistoryOf';

/**
 * What runs in the environment that releases come from.
 *
 * @public
 */
export interface UpstreamRelease {
  /** Name of that environment. */
  environment: string;
  release: Pick<Release, 'version'>;
  /** What ran there, the newest first. */
  history: readonly PastVersion[];
}

/**
 * How far a release is behind the one upstream: by as many versions as ran there since. A version that was rolled
 * back there is not counted, since nothing is missing without it.
 *
 * Where the versions have no order and the history does not hold this one, it is behind if it was rolled out before
 * the history begins; else it never ran upstream, and nothing can be said.
 *
 * @returns undefined where the release is not behind, or nobody can tell.
 * @public
 */
export function behindOf(options: {
  release: Pick<Release, 'version' | 'deployedAt'>;
  upstream: UpstreamRelease;
}): Behind | undefined {
  const { release, upstream } = options;
  const { environment, history } = upstream;
  const own = plainVersion(release.version);
  const current = plainVersion(upstream.release.version);
  const order = compareVersions(own, current);
  if (order !== undefined && order >= 0) {
    return undefined;
  }
  const versions = [
    current,
    ...history.map(({ version }) => plainVersion(version)),
  ];
  const at = versions.indexOf(own);
  if (at > 0) {
    const since = versions
      .slice(0, at)
      .filter(version => (compareVersions(version, current) ?? 0) <= 0);
    return { environment, by: new Set(since).size };
  }
  if (order !== undefined) {
    return { environment };
  }
  const begins = history[history.length - 1]?.since;
  return begins !== undefined &&
    release.deployedAt !== undefined &&
    release.deployedAt < begins
    ? { environment }
    : undefined;
}

/**
 * How far the furthest of several is behind; one whose number is unknown is the furthest.
 *
 * @public
 */
export function furthestBehind(
  all: readonly (Behind | undefined)[],
): Behind | undefined {
  return all.reduce<Behind | undefined>((furthest, behind) => {
    if (!behind || !furthest) {
      return furthest ?? behind;
    }
    return (behind.by ?? Infinity) > (furthest.by ?? Infinity)
      ? behind
      : furthest;
  }, undefined);
}
