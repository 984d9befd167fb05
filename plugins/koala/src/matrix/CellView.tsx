import { VisuallyHidden } from '@backstage/ui';
import { memo } from 'react';
import { Link } from 'react-router-dom';
import { useTargetState } from '../live/useLive';
import { StatusIcon } from '../status/StatusIcon';
import {
  behindNote,
  behindSentence,
  describeTarget,
  TargetView,
  viewTarget,
} from '../status/targetView';
import { Age } from '../time/Age';
import styles from './CellView.module.css';
import { Column } from './model/columns';
import { useChangedMark } from './useChangedMark';

/**
 * One service in one target. It reads its own slice of the live matrix, so that a change renders this
 * cell and no other.
 */
export const CellView = memo(function TargetCell(props: {
  service: string;
  serviceName: string;
  column: Column;
  /** The row has a third line for the reason. */
  tall: boolean;
  href?: string;
  id: string;
  /** Column of the grid, 0 being the row's head. */
  position: number;
  /** The keyboard is here. */
  active: boolean;
}) {
  const { service, serviceName, column, tall, href, id, position, active } =
    props;
  const state = useTargetState({
    service,
    environment: column.environment,
    target: column.target,
  });
  const view = viewTarget(state, column.clusterState);
  const changed = useChangedMark(view);
  const label = describeTarget({
    service: serviceName,
    place: column.label,
    view,
  });
  const content = (
    <>
      <VisuallyHidden>{label}</VisuallyHidden>
      <CellContent view={view} tall={tall} />
    </>
  );
  const shared = {
    className: styles.cell,
    'data-status': view.status,
    'data-changed': changed || undefined,
  };
  return (
    <div
      role="gridcell"
      id={id}
      aria-colindex={position + 1}
      data-column={position}
      data-active={active || undefined}
      data-first={column.first || undefined}
      data-lost={column.lost || undefined}
      className={styles.gridcell}
    >
      {href ? (
        <Link {...shared} to={href} tabIndex={-1}>
          {content}
        </Link>
      ) : (
        <div {...shared}>{content}</div>
      )}
    </div>
  );
});

function CellContent(props: { view: TargetView; tall: boolean }) {
  const { view, tall } = props;
  const reason = view.status === 'degraded' ? view.reason?.code : undefined;
  const beside = [
    view.version && view.note,
    reason && !tall ? reason : undefined,
  ].filter(Boolean);
  const word = (
    <span className={styles.word} title={view.note ?? reason}>
      {[view.word, ...beside].join(' · ')}
    </span>
  );
  return (
    <span className={styles.content} aria-hidden="true">
      <StatusIcon status={view.status} share={view.share} />
      {view.version ? (
        <>
          <span className={styles.version} title={view.fullVersion}>
            {view.version}
            {view.release?.previous && view.status === 'progressing' && (
              <span className={styles.previous}>
                {' '}
                ← {view.release.previous}
              </span>
            )}
          </span>
          <span className={styles.ready}>{view.ready}</span>
          <span className={styles.second}>
            {word}
            {view.behind && (
              <span
                className={styles.behind}
                title={behindSentence(view.behind)}
              >
                {behindNote(view.behind)}
              </span>
            )}
            {view.status === 'progressing' && view.share !== undefined && (
              <span className={styles.track}>
                <i style={{ width: `${Math.round(view.share * 100)}%` }} />
              </span>
            )}
          </span>
        </>
      ) : (
        <span className={styles.second}>{word}</span>
      )}
      {view.since !== undefined && view.status !== 'not-deployed' && (
        <Age since={view.since} className={styles.age} />
      )}
      {!view.version && view.note && (
        <span className={styles.note}>{view.note}</span>
      )}
      {tall && reason && (
        <span className={styles.reason} title={view.reason?.message}>
          {reason}
        </span>
      )}
    </span>
  );
}
