import {
  CellDetail,
  ClusterState,
  EnvironmentSummary,
  MatchingFinding,
  Reason,
  ServiceDetail,
  Status,
  STATUSES,
  TargetDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  orderEnvironments,
  tierRank,
} from '../../matrix/model/environmentOrder';
import { TargetView, viewTarget } from '../../status/targetView';
import { STATUS_WORDS, statusWord } from '../../status/statusWords';

/** One target of an environment, with what to say of it. */
export interface DeploymentTarget {
  detail: TargetDetail;
  view: TargetView;
  cluster?: ClusterState;
}

/** A status with a word that says where it holds. */
export interface Headline {
  status: Status;
  text: string;
  /** Since when; of an unknown target, when it was seen last. */
  since?: number;
}

/** One column of the Deployments tab. */
export interface EnvironmentView {
  environment: EnvironmentSummary;
  title: string;
  rank: number;
  split: boolean;
  targets: DeploymentTarget[];
  /** Worst first; never "Healthy" alone while a target is unknown. */
  headlines: Headline[];
  problem?: { reason: Reason; status: Status; place: string };
  findings: MatchingFinding[];
}

/** The columns of the Deployments tab, in promotion order. */
export function viewEnvironments(detail: ServiceDetail): EnvironmentView[] {
  const clusters = new Map(detail.clusters.map(c => [c.name, c]));
  const cells = new Map(detail.cells.map(c => [c.environment, c]));
  return orderEnvironments(detail.environments).map(environment => {
    const title = environment.title || environment.name;
    const split = environment.targets.length > 1;
    const targets = targetsOf(cells.get(environment.name), clusters);
    return {
      environment,
      title,
      rank: tierRank(environment),
      split,
      targets,
      headlines: headlinesOf(targets),
      problem: problemOf(targets, { title, split }),
      findings: (detail.service.findings ?? []).filter(
        finding => finding.environment === environment.name,
      ),
    };
  });
}

/** The environment to open at: the one asked for, else the worst, production before staging. */
export function chooseEnvironment(
  views: readonly EnvironmentView[],
  asked: string | undefined,
): EnvironmentView | undefined {
  const badness = (view: EnvironmentView) => {
    if (view.targets.some(({ view: v }) => v.status === 'degraded')) {
      return 0;
    }
    return view.targets.some(({ view: v }) => v.status === 'progressing')
      ? 1
      : 2;
  };
  return (
    views.find(view => view.environment.name === asked) ??
    [...views].sort((a, b) => badness(a) - badness(b) || a.rank - b.rank)[0]
  );
}

function targetsOf(
  cell: CellDetail | undefined,
  clusters: ReadonlyMap<string, ClusterState>,
): DeploymentTarget[] {
  return (cell?.targets ?? []).map(detail => {
    const cluster = clusters.get(detail.cluster);
    return { detail, cluster, view: viewTarget(detail, cluster) };
  });
}

/**
 * One headline where all targets agree. Otherwise what is known comes first ("Healthy in eu"), each
 * other status beneath it ("us unknown").
 */
export function headlinesOf(targets: readonly DeploymentTarget[]): Headline[] {
  if (targets.length === 0) {
    return [{ status: 'unknown', text: STATUS_WORDS.unknown }];
  }
  const groups = STATUSES.map(status => ({
    status,
    members: targets.filter(({ view }) => view.status === status),
  })).filter(({ members }) => members.length > 0);
  // What is unknown stands second, or the only thing that is known would be hidden behind it.
  groups.sort(
    (a, b) => Number(a.status === 'unknown') - Number(b.status === 'unknown'),
  );
  return groups.map(({ status, members }, index) => {
    const names = members.map(({ detail }) => detail.target).join(', ');
    const since = earliest(members.map(({ view }) => view.since));
    if (groups.length === 1) {
      return { status, text: STATUS_WORDS[status], since };
    }
    return index === 0
      ? { status, text: `${STATUS_WORDS[status]} in ${names}`, since }
      : { status, text: `${names} ${statusWord(status)}`, since };
  });
}

function earliest(times: (number | undefined)[]): number | undefined {
  const known = times.filter((time): time is number => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function problemOf(
  targets: readonly DeploymentTarget[],
  place: { title: string; split: boolean },
): EnvironmentView['problem'] {
  const order: Status[] = ['degraded', 'unknown', 'progressing', 'suspended'];
  for (const status of order) {
    for (const { view, detail, cluster } of targets) {
      if (view.status !== status) {
        continue;
      }
      const reason =
        view.reason ??
        (status === 'unknown' && cluster?.message
          ? {
              code: cluster.condition,
              message: cluster.message,
              nextStep: cluster.nextStep,
            }
          : undefined);
      if (reason) {
        return {
          reason,
          status,
          place: place.split ? `${place.title} ${detail.target}` : place.title,
        };
      }
    }
  }
  return undefined;
}
