import { RiArrowRightLine } from '@remixicon/react';
import { Link } from 'react-router-dom';
import { CLUSTER_WORDS } from '../status/clusterWords';
import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import styles from './GridHeader.module.css';
import { Column, ColumnGroup } from './model/columns';
import { StatusCounts } from './model/counts';
import { EnvironmentCounts, SideCounts } from './EnvironmentCounts';

/** The sticky head of the matrix: how many services, then one block per environment. */
export function GridHeader(props: {
  groups: readonly ColumnGroup[];
  counts: ReadonlyMap<string, StatusCounts>;
  services: number;
  systems: number;
  template: string;
  /** Where an environment is shown by itself; without it the titles lead nowhere. */
  environmentLink?: (name: string) => string | undefined;
}) {
  const { groups, counts, services, systems, template } = props;
  return (
    <div
      role="rowgroup"
      className={styles.header}
      style={{ gridTemplateColumns: template }}
    >
      <div role="row" aria-rowindex={1} className={styles.contents}>
        <div role="columnheader" aria-colindex={1} className={styles.corner}>
          <b>{plural(services, 'service')}</b>
          <span>
            in {plural(systems, 'system')}
            {groups.length > 1 && `, ${plural(groups.length, 'environment')}`}
          </span>
        </div>
        {groups.map(group => (
          <EnvironmentHeader
            key={group.environment.name}
            group={group}
            position={positionOf(groups, group)}
            counts={counts.get(group.environment.name)}
            href={props.environmentLink?.(group.environment.name)}
          />
        ))}
      </div>
      {groups.some(group => group.split) && (
        <div role="row" aria-rowindex={2} className={styles.contents}>
          {groups
            .filter(group => group.split)
            .flatMap(group =>
              group.columns.map((column, index) => (
                <TargetHeader
                  key={column.key}
                  column={column}
                  position={positionOf(groups, group) + index}
                />
              )),
            )}
        </div>
      )}
    </div>
  );
}

function EnvironmentHeader(props: {
  group: ColumnGroup;
  position: number;
  counts: StatusCounts | undefined;
  href: string | undefined;
}) {
  const { group, position, counts, href } = props;
  const { environment, columns, split } = group;
  const only = columns.length === 1 ? columns[0] : undefined;
  return (
    <div
      role="columnheader"
      aria-colindex={position + 1}
      aria-colspan={columns.length}
      className={styles.environment}
      data-lost={only?.lost || undefined}
      data-split={split || undefined}
      style={{
        gridColumn: `${position + 1} / span ${Math.max(1, columns.length)}`,
      }}
    >
      <div className={styles.title}>
        {group.promotedFromLeft && (
          <span
            className={styles.arrow}
            title={`promoted from ${environment.promotesFrom}`}
          >
            <RiArrowRightLine size={14} aria-hidden="true" />
          </span>
        )}
        {href ? (
          <Link to={href} tabIndex={-1} className={styles.name}>
            <b>{group.title}</b>
          </Link>
        ) : (
          <b>{group.title}</b>
        )}
        {split && (
          <span className={styles.muted}>{columns.length} clusters</span>
        )}
        {group.preview && <span className={styles.muted}>preview</span>}
        <span className={styles.spring} />
        {counts && <SideCounts counts={counts} />}
      </div>
      {counts && <EnvironmentCounts counts={counts} wide={split} />}
      {only?.clusterState && only.clusterState.condition !== 'live' && (
        <ClusterNote column={only} />
      )}
    </div>
  );
}

function TargetHeader(props: { column: Column; position: number }) {
  const { column, position } = props;
  return (
    <div
      role="columnheader"
      aria-colindex={position + 1}
      className={styles.target}
      data-first={column.first || undefined}
      data-lost={column.lost || undefined}
      style={{ gridColumn: position + 1 }}
    >
      <b>{column.target}</b>
      {column.clusterState?.condition === 'live' ? (
        <span className={styles.muted}>{column.cluster} · live</span>
      ) : (
        <ClusterNote column={column} />
      )}
    </div>
  );
}

/** Why a column cannot be read, or not all of it, and since when. */
function ClusterNote(props: { column: Column }) {
  const { cluster, clusterState } = props.column;
  const condition = clusterState?.condition ?? 'missing';
  const since = clusterState?.lastByteAt ?? clusterState?.since;
  return (
    <span
      className={styles.note}
      data-condition={condition}
      title={[cluster, clusterState?.message].filter(Boolean).join(': ')}
    >
      <StatusIcon
        status={condition === 'syncing' ? 'progressing' : 'unknown'}
        size={14}
      />
      {CLUSTER_WORDS[condition]}
      {since !== undefined && condition !== 'missing' && (
        <>
          {' · '}
          <Age since={since} />
        </>
      )}
    </span>
  );
}

/** First column of a group in the grid, counted from 1; the row's head is 1 itself. */
function positionOf(groups: readonly ColumnGroup[], group: ColumnGroup) {
  const before = groups.slice(0, groups.indexOf(group));
  return before.reduce((sum, g) => sum + g.columns.length, 1);
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
