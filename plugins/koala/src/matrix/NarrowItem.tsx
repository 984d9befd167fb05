import { memo } from 'react';
import { Link } from 'react-router-dom';
import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { useTargetState } from '../live/useLive';
import { StatusIcon } from '../status/StatusIcon';
import { viewTarget } from '../status/targetView';
import { Age } from '../time/Age';
import { Column } from './model/columns';
import { entityName } from './model/entityName';
import styles from './NarrowItem.module.css';
import { useChangedMark } from './useChangedMark';

/** A service in one environment, on a narrow screen: one line per target. */
export const NarrowItem = memo(function NarrowService(props: {
  service: ServiceSummary;
  columns: readonly Column[];
  href: string | undefined;
}) {
  const { service, columns, href } = props;
  const content = (
    <>
      <span className={styles.title}>
        <b>{service.title ?? entityName(service.ref)}</b>
        {service.owner && (
          <span className={styles.muted}>{entityName(service.owner)}</span>
        )}
      </span>
      {columns.map(column => (
        <NarrowTarget
          key={column.key}
          service={service.ref}
          column={column}
          named={columns.length > 1}
        />
      ))}
    </>
  );
  return href ? (
    <Link to={href} className={styles.item}>
      {content}
    </Link>
  ) : (
    <div className={styles.item}>{content}</div>
  );
});

function NarrowTarget(props: {
  service: string;
  column: Column;
  named: boolean;
}) {
  const { service, column, named } = props;
  const state = useTargetState({
    service,
    environment: column.environment,
    target: column.target,
  });
  const view = viewTarget(state, column.clusterState);
  const changed = useChangedMark(view);
  return (
    <span
      className={styles.target}
      data-status={view.status}
      data-changed={changed || undefined}
    >
      <StatusIcon status={view.status} share={view.share} size={14} />
      <span className={styles.word}>
        {named && `${column.target} `}
        {view.word}
        {view.note && ` · ${view.note}`}
        {view.status === 'degraded' && view.reason && ` · ${view.reason.code}`}
      </span>
      <code className={styles.version} title={view.fullVersion}>
        {view.version}
      </code>
      <span className={styles.facts}>
        {view.ready && <code>{view.ready}</code>}
        {view.since !== undefined && view.status !== 'not-deployed' && (
          <Age since={view.since} />
        )}
      </span>
    </span>
  );
}
