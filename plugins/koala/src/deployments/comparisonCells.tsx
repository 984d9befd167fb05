import { StatusText } from '../status/StatusText';
import { behindSentence } from '../status/targetView';
import { Age } from '../time/Age';
import styles from './comparisonCells.module.css';
import { DeploymentTarget, EnvironmentView } from './model/environmentView';
import { shortDigest, shortImage } from './model/imageName';
import { PodSquares } from './PodSquares';
import { RunText } from './RunText';

interface Line {
  key: string;
  /** Names of the targets it holds for; empty where it holds for all. */
  places: string;
  target: DeploymentTarget;
}

/** Targets that say the same become one line. */
function linesOf(
  view: EnvironmentView,
  keyOf: (target: DeploymentTarget) => string | undefined,
): Line[] {
  const groups = new Map<string, DeploymentTarget[]>();
  for (const target of view.targets) {
    const key = keyOf(target);
    if (key !== undefined) {
      groups.set(key, [...(groups.get(key) ?? []), target]);
    }
  }
  return [...groups].map(([key, targets]) => ({
    key,
    places:
      targets.length === view.targets.length
        ? ''
        : targets.map(({ detail }) => detail.target).join(', '),
    target: targets[0],
  }));
}

function Nothing() {
  return <span className={styles.muted}>–</span>;
}

/** The version, and since when it is there. */
export function ReleaseCell(props: { view: EnvironmentView }) {
  const lines = linesOf(props.view, ({ view }) =>
    view.behind
      ? `${view.fullVersion}, ${behindSentence(view.behind)}`
      : view.fullVersion,
  );
  if (lines.length === 0) {
    return <Nothing />;
  }
  return (
    <>
      {lines.map(({ key, places, target: { view } }) => (
        <div key={key} className={styles.release}>
          {places && <span className={styles.place}>{places}</span>}
          <span className={styles.version} title={view.fullVersion}>
            {view.version}
          </span>
          {view.release?.previous && view.status === 'progressing' && (
            <span className={styles.muted}>
              replaces <code>{view.release.previous}</code>
            </span>
          )}
          {view.release?.labelSays && (
            <span className={styles.muted}>
              its label says <code>{view.release.labelSays}</code>
            </span>
          )}
          {view.behind && (
            <span className={styles.muted}>{behindSentence(view.behind)}</span>
          )}
          {view.release?.deployedAt !== undefined && (
            <span className={styles.muted}>
              deployed <Age since={view.release.deployedAt} /> ago
            </span>
          )}
        </div>
      ))}
    </>
  );
}

/** Ready pods, a square each, and how far a rollout is. */
export function RolloutCell(props: { view: EnvironmentView }) {
  const { targets, split } = props.view;
  const deployed = targets.filter(({ view }) => view.ready !== undefined);
  if (deployed.length === 0) {
    return <RunsCell view={props.view} />;
  }
  return (
    <>
      {deployed.map(({ detail, view }) => {
        const { updated, desired } = detail;
        const pods = detail.workloads.flatMap(workload => workload.pods);
        const moving =
          updated !== undefined && desired !== undefined && updated < desired;
        return (
          <div key={detail.target} className={styles.rollout}>
            <div className={styles.line}>
              {split && <span className={styles.place}>{detail.target}</span>}
              <span className={styles.ready} data-status={view.status}>
                {view.ready}
              </span>
              {view.status === 'unknown' ? (
                <StatusText status="unknown">
                  last known
                  {view.since !== undefined && (
                    <>
                      , <Age since={view.since} />
                    </>
                  )}
                </StatusText>
              ) : (
                <>
                  ready
                  <PodSquares pods={pods} unseen={false} />
                </>
              )}
            </div>
            {moving && view.status !== 'unknown' && (
              <div className={styles.line}>
                <span className={styles.track} data-status={view.status}>
                  <i style={{ width: `${(updated / desired) * 100}%` }} />
                </span>
                <span className={styles.muted}>
                  {updated} of {desired} updated
                  {view.status === 'degraded' && ', stuck'}
                </span>
              </div>
            )}
          </div>
        );
      })}
    </>
  );
}

/** Of a service that is nothing but Jobs: how each of them went. */
function RunsCell(props: { view: EnvironmentView }) {
  const { targets, split } = props.view;
  const runs = targets.flatMap(({ detail }) =>
    detail.workloads
      .filter(({ schedule, run }) => schedule ?? run)
      .map(workload => ({ place: detail.target, workload })),
  );
  if (runs.length === 0) {
    return <Nothing />;
  }
  return (
    <>
      {runs.map(({ place, workload }) => (
        <div
          key={`${place}/${workload.kind}/${workload.name}`}
          className={styles.line}
        >
          {split && <span className={styles.place}>{place}</span>}
          <span>
            <RunText workload={workload} />
          </span>
        </div>
      ))}
    </>
  );
}

/** The image of the main container and its digest. */
export function ImagesCell(props: { view: EnvironmentView }) {
  const lines = linesOf(
    props.view,
    ({ view }) =>
      view.release && `${view.release.image} ${view.release.digest ?? ''}`,
  );
  if (lines.length === 0) {
    return <Nothing />;
  }
  return (
    <>
      {lines.map(({ key, places, target }) => {
        const { image, digest } = target.view.release!;
        return (
          <div key={key} className={styles.image}>
            <code title={image}>
              {places && <span className={styles.place}>{places} </span>}
              {shortImage(image)}
            </code>
            <code className={styles.muted} title={digest}>
              {digest ? shortDigest(digest) : 'no digest reported yet'}
            </code>
          </div>
        );
      })}
    </>
  );
}
