import { useState } from 'react';
import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { CLUSTER_WORDS } from '../status/clusterWords';
import { StatusText } from '../status/StatusText';
import { Age } from '../time/Age';
import { DeploymentTarget, EnvironmentView } from './model/environmentView';
import { treeRows } from './model/treeRows';
import styles from './TargetPanel.module.css';
import { TreeLine } from './TreeLine';

const MATCHED_BY: Readonly<Record<ServiceSummary['matchedBy'], string>> = {
  'kubernetes-id': 'kubernetes-id',
  'kubernetes-label-selector': 'label selector',
  name: 'name',
};

/** What runs in one target: workloads, their pods, their containers, and how they are reached. */
export function TargetPanel(props: {
  environment: EnvironmentView;
  target: DeploymentTarget;
  service: ServiceSummary;
}) {
  const { environment, target, service } = props;
  const { detail, view, cluster } = target;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const rows = treeRows({ target: detail, toggled });
  const toggle = (key: string) =>
    setToggled(current => {
      const next = new Set(current);
      if (!next.delete(key)) {
        next.add(key);
      }
      return next;
    });
  const title = environment.split
    ? `${environment.title} ${detail.target}`
    : environment.title;
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        <span className={styles.muted}>
          {[detail.cluster, detail.namespaces.join(', ')]
            .filter(Boolean)
            .join(' / ')}
        </span>
        <span className={styles.chip}>
          matched by {MATCHED_BY[service.matchedBy]}
        </span>
        {view.status === 'unknown' && (
          <StatusText status="unknown">
            {cluster && cluster.condition !== 'live'
              ? CLUSTER_WORDS[cluster.condition]
              : 'Unknown'}
            {view.since !== undefined && rows.length > 0 && (
              <>
                , as seen <Age since={view.since} /> ago
              </>
            )}
          </StatusText>
        )}
      </header>
      {rows.length === 0 ? (
        <p className={styles.empty}>{emptyText(target, service)}</p>
      ) : (
        <div className={styles.scroller}>
          <table className={styles.tree} aria-label={`Objects in ${title}`}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Status</th>
                <th scope="col">Ready</th>
                <th scope="col">Restarts</th>
                <th scope="col">Detail</th>
                <th scope="col">Age</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <TreeLine key={row.key} row={row} onToggle={toggle} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function emptyText(target: DeploymentTarget, service: ServiceSummary): string {
  const { view, detail, cluster } = target;
  if (view.status === 'unknown') {
    const why = cluster?.message ?? view.reason?.message;
    const before = view.note?.startsWith('was ') ? ` It ${view.note}.` : '';
    const because = why ? `: ${why.replace(/\.$/, '')}` : '';
    return `Koala cannot say what runs here${because}.${before}`;
  }
  const places = detail.namespaces.join(', ') || 'no namespace';
  return `Not deployed: no workload in ${places} belongs to ${
    service.name
  } by ${MATCHED_BY[service.matchedBy]}.`;
}
