import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import { CLUSTER_WORDS } from '../status/clusterWords';
import { EnvironmentCounts } from './EnvironmentCounts';
import { ColumnGroup } from './model/columns';
import { barSegments } from './model/counts';
import { MatrixView } from './model/MatrixView';
import { groupBySystem } from './model/rows';
import { QUIET, severityOf } from './model/severity';
import { summariseColumn } from './model/systemSummary';
import { NarrowItem } from './NarrowItem';
import styles from './NarrowMatrix.module.css';
import { useDeploymentsLink } from './useDeploymentsLink';

/** One environment at a time: opens at production, problems first. */
export function NarrowMatrix(props: {
  view: MatrixView;
  environment: string | undefined;
  /** Absent where there is only one to show. */
  onEnvironment?: (environment: string) => void;
}) {
  const { view, environment, onEnvironment } = props;
  const { groups, counts, services, stateOf } = view;
  const linkTo = useDeploymentsLink();
  const group = chooseGroup(groups, environment);
  const { columns } = group;
  // With one environment there is nothing to choose.
  const choice = onEnvironment !== undefined && groups.length > 1;
  const name = group.environment.name;
  const worst = new Map(
    services.map(service => [
      service.ref,
      severityOf({ service: service.ref, columns, stateOf }),
    ]),
  );
  const problems = services
    .filter(service => worst.get(service.ref)! < QUIET)
    .sort((a, b) => worst.get(a.ref)! - worst.get(b.ref)!);
  const sections = [
    ...(problems.length > 0
      ? [{ system: 'problems', name: 'Problems first', services: problems }]
      : []),
    ...groupBySystem(services.filter(s => worst.get(s.ref) === QUIET)),
  ];
  return (
    <>
      {choice && (
        <div role="tablist" aria-label="Environment" className={styles.tabs}>
          {groups.map(candidate => (
            <EnvironmentTab
              key={candidate.environment.name}
              group={candidate}
              view={view}
              selected={candidate === group}
              onSelect={() => onEnvironment?.(candidate.environment.name)}
            />
          ))}
        </div>
      )}
      <div
        role={choice ? 'tabpanel' : 'region'}
        aria-label={group.title}
        className={styles.list}
      >
        <div className={styles.head}>
          {counts.get(name) && (
            <EnvironmentCounts counts={counts.get(name)!} wide={false} />
          )}
        </div>
        {columns
          .filter(column => column.lost)
          .map(column => (
            <div key={column.key} className={styles.lost}>
              <StatusIcon status="unknown" size={14} />
              <span className={styles.lostWord}>
                {column.target}{' '}
                {CLUSTER_WORDS[
                  column.clusterState?.condition ?? 'missing'
                ].toLowerCase()}
                {column.clusterState && (
                  <>
                    {' for '}
                    <Age
                      since={
                        column.clusterState.lastByteAt ??
                        column.clusterState.since
                      }
                    />
                  </>
                )}
              </span>
              last known:{' '}
              {summariseColumn({ services, column, stateOf }).lastHealthy}{' '}
              healthy
            </div>
          ))}
        {sections.map(section => (
          <section key={section.system}>
            <h2 className={styles.system}>
              <b>{section.name}</b>
              {section.services.length === 1
                ? '1 service'
                : `${section.services.length} services`}
            </h2>
            {section.services.map(service => (
              <NarrowItem
                key={service.ref}
                service={service}
                columns={columns}
                href={linkTo(service.ref, name)}
              />
            ))}
          </section>
        ))}
      </div>
    </>
  );
}

function EnvironmentTab(props: {
  group: ColumnGroup;
  view: MatrixView;
  selected: boolean;
  onSelect: () => void;
}) {
  const { group, view, selected, onSelect } = props;
  const counts = view.counts.get(group.environment.name);
  const worst = counts && barSegments(counts)[0];
  return (
    <button
      type="button"
      role="tab"
      aria-selected={selected}
      className={styles.tab}
      onClick={onSelect}
    >
      <span className={styles.tabTitle}>{group.title}</span>
      {worst && (
        <span className={styles.tabCount} data-status={worst.status}>
          <StatusIcon status={worst.status} size={14} /> {worst.count}
        </span>
      )}
    </button>
  );
}

function chooseGroup(
  groups: readonly ColumnGroup[],
  environment: string | undefined,
): ColumnGroup {
  return (
    groups.find(group => group.environment.name === environment) ??
    [...groups].sort(
      (a, b) => (a.columns[0]?.rank ?? 9) - (b.columns[0]?.rank ?? 9),
    )[0]
  );
}
