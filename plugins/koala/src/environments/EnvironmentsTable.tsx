import { useMemo, useRef } from 'react';
import {
  ClusterState,
  EnvironmentOverview,
} from '@koala-ops/backstage-plugin-koala-common';
import { EnvironmentRow } from './EnvironmentRow';
import styles from './EnvironmentsTable.module.css';
import { EnvironmentSection } from './model/sections';
import { useRowKeys } from './useRowKeys';

/** Environments by section: the promotion path is drawn, previews stand apart. */
export function EnvironmentsTable(props: {
  sections: readonly EnvironmentSection[];
  /** All that the reader may see, whether or not it is shown. */
  environments: readonly EnvironmentOverview[];
  clusters: readonly ClusterState[];
}) {
  const { sections, environments, clusters } = props;
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const clusterOf = useMemo(
    () => new Map(clusters.map(cluster => [cluster.name, cluster])),
    [clusters],
  );
  const byName = useMemo(
    () => new Map(environments.map(one => [one.name, one])),
    [environments],
  );
  return (
    <div className={styles.card}>
      <table ref={table} className={styles.table} aria-label="Environments">
        <thead>
          <tr>
            <th scope="col">Environment</th>
            <th scope="col">Promoted from</th>
            <th scope="col">Clusters</th>
            <th scope="col">Namespaces</th>
            <th scope="col">Services</th>
            <th scope="col">Health</th>
          </tr>
        </thead>
        {sections.map(section => (
          <tbody key={section.key}>
            <tr className={styles.section}>
              <th scope="rowgroup" colSpan={6}>
                <b>{section.title}</b>
                <span>{section.note}</span>
              </th>
            </tr>
            {section.environments.map(environment => (
              <EnvironmentRow
                key={environment.name}
                environment={environment}
                upstream={byName.get(environment.promotesFrom ?? '')}
                clusters={clusterOf}
                onPath={
                  section.key === 'path' && section.environments.length > 1
                }
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
