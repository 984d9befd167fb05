import {
  ApiClient,
  ControllerRevision,
  Pod,
  resources,
  StatefulSet,
} from '../../client';
import {
  byRevision,
  createRevision,
  isSameRevision,
  newRevision,
  renumberRevision,
  truncateHistory,
} from '../history/revisions';
import { podRevision } from './statefulPod';

/** The revisions that the pods of a StatefulSet have, or are getting. */
export interface SetRevisions {
  /** Before the update; the same as `update` where none is under way. */
  current: ControllerRevision;
  /** Of the template as it is now. */
  update: ControllerRevision;
  collisionCount: number;
}

/** Finds the two revisions; a template that is new gets one, an old one that comes back is renumbered. */
export async function setRevisions(options: {
  client: ApiClient;
  set: StatefulSet;
  revisions: ControllerRevision[];
}): Promise<SetRevisions> {
  const { client, set } = options;
  const revisions = [...options.revisions].sort(byRevision);
  const newest = revisions.at(-1);
  const number = (newest?.revision ?? 0) + 1;
  const build = (count: number) =>
    newRevision({
      owner: set,
      ownerResource: resources.statefulSets,
      revision: number,
      collisionCount: count,
    });
  let collisionCount = set.status?.collisionCount ?? 0;
  const wanted = build(collisionCount);
  const equal = revisions.filter(it => isSameRevision(it, wanted)).at(-1);
  let update: ControllerRevision;
  if (equal && newest && isSameRevision(equal, newest)) {
    update = newest;
  } else if (equal) {
    update = await renumberRevision(client, equal, number);
  } else {
    const created = await createRevision({ client, build, collisionCount });
    update = created.revision;
    collisionCount = created.collisionCount;
  }
  const current = revisions.find(
    ({ metadata }) => metadata.name === set.status?.currentRevision,
  );
  return { current: current ?? update, update, collisionCount };
}

/** Deletes the oldest revisions that no pod is of. */
export function cleanUpRevisions(options: {
  client: ApiClient;
  set: StatefulSet;
  pods: Pod[];
  revisions: ControllerRevision[];
  live: SetRevisions;
}): Promise<void> {
  const { client, set, pods, revisions, live } = options;
  const used = new Set([
    live.current.metadata.name,
    live.update.metadata.name,
    ...pods.map(podRevision),
  ]);
  return truncateHistory({
    client,
    idle: revisions
      .filter(({ metadata }) => !used.has(metadata.name))
      .sort(byRevision),
    limit: set.spec.revisionHistoryLimit,
  });
}
