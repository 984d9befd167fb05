import {
  Behind,
  ClusterState,
  Reason,
  Release,
  Status,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';
import { isLost } from '../matrix/model/columns';
import { NEVER_SEEN } from './clusterWords';
import { shortVersion } from './shortVersion';
import { STATUS_WORDS, statusWord } from './statusWords';

/** One target of one service, ready to be shown. */
export interface TargetView {
  status: Status;
  word: string;
  /** Stands behind the word: "was healthy", "may not list", "1.4.8 still serves". */
  note?: string;
  /** As short as it stays recognisable. */
  version?: string;
  fullVersion?: string;
  release?: Release;
  /** How far the release is behind the environment it is promoted from. */
  behind?: Behind;
  /** `2/3` */
  ready?: string;
  /** Share of a rollout that is done, 0 to 1. */
  share?: number;
  /** Since when the status holds; of an unknown target, when it was seen last. ms since the epoch. */
  since?: number;
  reason?: Reason;
}

/**
 * What to say of a target. In a cluster that cannot be seen nothing is plainly "not deployed": it is
 * unknown, and was not deployed when it was seen last.
 */
export function viewTarget(
  state: TargetState | undefined,
  cluster: ClusterState | undefined,
): TargetView {
  if (!state) {
    return {
      status: 'unknown',
      word: STATUS_WORDS.unknown,
      note: cluster ? NEVER_SEEN[cluster.condition] : NEVER_SEEN.missing,
    };
  }
  const lost = isLost(cluster);
  const status =
    lost && state.status === 'not-deployed' ? 'unknown' : state.status;
  const lastKnown =
    state.lastKnown ??
    (status === state.status
      ? undefined
      : {
          status: state.status,
          asOf: cluster?.lastByteAt ?? cluster?.since ?? 0,
        });
  const view: TargetView = {
    status,
    word: STATUS_WORDS[status],
    reason: state.reason,
    since: status === 'unknown' ? lastKnown?.asOf ?? state.since : state.since,
  };
  if (status === 'unknown') {
    view.note = lastKnown
      ? `was ${statusWord(lastKnown.status)}`
      : noteOf(state, cluster);
  }
  const seen = status === 'unknown' ? lastKnown?.status : status;
  if (seen === undefined || seen === 'not-deployed') {
    return view;
  }
  if (state.release) {
    view.release = state.release;
    view.version = shortVersion(state.release.version);
    view.fullVersion = state.release.version;
    view.behind = state.behind;
  }
  if (state.ready !== undefined && state.desired !== undefined) {
    view.ready = `${state.ready}/${state.desired}`;
    view.share = shareDone(state);
  }
  return view;
}

/** A sentence for assistive technology: "cart in prod eu: healthy, 2.6.0, 4 of 4 ready". */
export function describeTarget(options: {
  service: string;
  place: string;
  view: TargetView;
}): string {
  const { service, place, view } = options;
  const parts = [
    view.note
      ? `${statusWord(view.status)}, ${view.note}`
      : statusWord(view.status),
    view.reason && view.status === 'degraded' ? view.reason.code : undefined,
    view.fullVersion,
    view.behind && behindSentence(view.behind),
    view.ready ? `${view.ready.replace('/', ' of ')} ready` : undefined,
  ];
  return `${service} in ${place}: ${parts.filter(Boolean).join(', ')}`;
}

/** Short enough for a cell: "2 behind"; "behind" where the number is not known. */
export function behindNote({ by }: Behind): string {
  return by === undefined ? 'behind' : `${by} behind`;
}

/** "2 versions behind staging" */
export function behindSentence({ by, environment }: Behind): string {
  const versions = by === 1 ? '1 version ' : `${by} versions `;
  return `${by === undefined ? '' : versions}behind ${environment}`;
}

function noteOf(state: TargetState, cluster: ClusterState | undefined) {
  if (cluster && cluster.condition !== 'live') {
    return NEVER_SEEN[cluster.condition];
  }
  return state.reason?.code ?? NEVER_SEEN.live;
}

/** A rollout is done when every pod is of the new revision and ready: the slower of both counts. */
function shareDone(state: TargetState): number | undefined {
  if (!state.desired) {
    return undefined;
  }
  const done = Math.min(state.ready ?? 0, state.updated ?? state.desired);
  return Math.min(1, Math.max(0, done / state.desired));
}
