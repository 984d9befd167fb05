import {
  ClusterState,
  EnvironmentSummary,
  Matrix,
} from '@koala-ops/backstage-plugin-koala-common';
import { isPreview, orderEnvironments, tierRank } from './environmentOrder';

/** One target of one environment: a column of cells. */
export interface Column {
  key: string;
  environment: string;
  target: string;
  cluster: string;
  clusterState?: ClusterState;
  /** "prod eu", or "staging" where the environment has one target only. */
  label: string;
  /** Production first, see tierRank. */
  rank: number;
  /** Nothing in this column can be seen now. */
  lost: boolean;
  /** First column of its environment. */
  first: boolean;
}

/** One environment and its columns. */
export interface ColumnGroup {
  environment: EnvironmentSummary;
  title: string;
  preview: boolean;
  /** It is promoted from the group on its left: an arrow joins them. */
  promotedFromLeft: boolean;
  /** More than one target: the group has a second row of headers. */
  split: boolean;
  columns: Column[];
}

/** Whether a cluster cannot be seen at all, so that all its cells are unknown. */
export function isLost(cluster: ClusterState | undefined): boolean {
  return (
    !cluster || !['live', 'partial', 'syncing'].includes(cluster.condition)
  );
}

/** The columns of the matrix, in promotion order. */
export function buildColumnGroups(
  matrix: Pick<Matrix, 'environments' | 'clusters'>,
): ColumnGroup[] {
  const clusters = new Map(matrix.clusters.map(c => [c.name, c]));
  const ordered = orderEnvironments(matrix.environments);
  return ordered.map((environment, index) => {
    const title = environment.title || environment.name;
    const split = environment.targets.length > 1;
    return {
      environment,
      title,
      preview: isPreview(environment),
      promotedFromLeft:
        index > 0 && environment.promotesFrom === ordered[index - 1].name,
      split,
      columns: environment.targets.map((target, position) => {
        const clusterState = clusters.get(target.cluster);
        return {
          key: `${environment.name}/${target.name}`,
          environment: environment.name,
          target: target.name,
          cluster: target.cluster,
          clusterState,
          label: split ? `${title} ${target.name}` : title,
          rank: tierRank(environment),
          lost: isLost(clusterState),
          first: position === 0,
        };
      }),
    };
  });
}
