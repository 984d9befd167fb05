import {
  ClusterState,
  EnvironmentOverview,
} from '@koala-ops/backstage-plugin-koala-common';
import { isPreview } from '../matrix/model/environmentOrder';
import { ClusterLine } from './ClusterLine';
import { EnvironmentLink } from './EnvironmentLink';
import styles from './EnvironmentsTable.module.css';
import { HealthCounts } from './HealthCounts';
import { plural } from './model/plural';
import { titleOf } from './model/sections';

/** One environment of the list. */
export function EnvironmentRow(props: {
  environment: EnvironmentOverview;
  /** What it is promoted from, where the reader may see that. */
  upstream: EnvironmentOverview | undefined;
  clusters: ReadonlyMap<string, ClusterState>;
  /** It stands in the drawn promotion path. */
  onPath: boolean;
}) {
  const { environment, upstream, clusters, onPath } = props;
  const { name, tier, promotesFrom, targets, counts } = environment;
  const title = titleOf(environment);
  const unclaimed = targets.reduce((sum, t) => sum + (t.unclaimed ?? 0), 0);
  const scopes = [...new Set(targets.map(({ scope }) => scope))];
  return (
    <tr className={styles.row} data-path={onPath || undefined}>
      <th scope="row">
        <EnvironmentLink name={name} title={title} strong />
        <span className={styles.muted}>
          {[...new Set([name, tier])]
            .filter(word => word && word !== title)
            .join(', ')}
        </span>
      </th>
      <td data-label="Promoted from" data-none={!promotesFrom || undefined}>
        {upstream ? (
          <EnvironmentLink name={upstream.name} title={titleOf(upstream)} />
        ) : (
          <span className={styles.muted}>{promotesFrom ?? '–'}</span>
        )}
      </td>
      <td data-label="Clusters">
        {targets.map(target => (
          <ClusterLine
            key={target.name}
            name={target.cluster}
            cluster={clusters.get(target.cluster)}
          />
        ))}
      </td>
      <td data-label="Namespaces">
        {scopes.map(scope => (
          <code key={scope} className={styles.scope}>
            {scope}
          </code>
        ))}
        <span className={styles.muted}>{namespacesText(environment)}</span>
      </td>
      <td data-label="Services" className={styles.number}>
        <b>{environment.services.toLocaleString('en')}</b>
        <span className={styles.muted}>
          {plural(environment.workloads, 'workload')}
        </span>
        {unclaimed > 0 && (
          <span className={styles.muted}>
            {unclaimed.toLocaleString('en')} unclaimed
          </span>
        )}
      </td>
      <td data-label="Health">
        <HealthCounts counts={counts} bar={!isPreview(environment)} />
      </td>
    </tr>
  );
}

function namespacesText({ targets }: EnvironmentOverview): string {
  const numbers = targets.map(({ namespaces }) => namespaces.length);
  return numbers.every(number => number === numbers[0])
    ? `${plural(numbers[0] ?? 0, 'namespace')}${
        numbers.length > 1 ? ' in each' : ''
      }`
    : targets
        .map(({ name, namespaces }) => `${namespaces.length} in ${name}`)
        .join(', ');
}
