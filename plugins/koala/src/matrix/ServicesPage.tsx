import { useMemo } from 'react';
import { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { LiveConnection } from '../live/LiveConnection';
import { useLive } from '../live/useLive';
import { useEnvironmentLink } from '../environments/useEnvironmentLink';
import { BackendError } from '../setup/BackendError';
import { ConfigProblemBanner } from '../setup/ConfigProblemBanner';
import { SetupPage } from '../setup/SetupPage';
import theme from '../theme/tokens.module.css';
import { AttentionStrip } from './AttentionStrip';
import { ClusterAlerts } from './ClusterAlerts';
import { FilterBar } from './FilterBar';
import { MatrixGrid } from './MatrixGrid';
import { MatrixSkeleton } from './MatrixSkeleton';
import { buildColumnGroups } from './model/columns';
import { clearFilters } from './model/filters';
import { groupsOfTier, viewMatrix } from './model/MatrixView';
import { NarrowMatrix } from './NarrowMatrix';
import { NoMatch } from './NoMatch';
import { NothingDeployed, nothingFound } from './NothingDeployed';
import styles from './ServicesPage.module.css';
import { useFilters } from './useFilters';
import { useNarrow } from './useNarrow';
import { useOwnership } from './useOwnership';

/** Which service runs where, in which version, and is it healthy. */
export function ServicesPage() {
  const { matrix, connection, error } = useLive();
  return (
    <main className={`${theme.root} ${theme.page} ${styles.page}`}>
      {!matrix && (error ? <BackendError error={error} /> : <MatrixSkeleton />)}
      {matrix &&
        (matrix.environments.length === 0 ? (
          <SetupPage problems={matrix.problems} />
        ) : (
          <Services matrix={matrix} connection={connection} />
        ))}
    </main>
  );
}

function Services(props: { matrix: Matrix; connection: LiveConnection }) {
  const { matrix, connection } = props;
  const [filters, setFilters] = useFilters();
  const ownership = useOwnership();
  const narrow = useNarrow();
  const environmentLink = useEnvironmentLink();
  const { environments, clusters } = matrix;
  const groups = useMemo(
    () =>
      groupsOfTier(buildColumnGroups({ environments, clusters }), filters.tier),
    [environments, clusters, filters.tier],
  );
  const view = useMemo(
    () => viewMatrix({ matrix, groups, filters, ownership: ownership ?? [] }),
    [matrix, groups, filters, ownership],
  );
  const found = !nothingFound(matrix);
  return (
    <>
      <ConfigProblemBanner problems={matrix.problems} />
      <ClusterAlerts clusters={clusters} />
      {!filters.problemsFirst && (
        <AttentionStrip
          items={view.attention}
          onShowAll={() => setFilters({ ...filters, problemsFirst: true })}
        />
      )}
      {found && (
        <FilterBar
          matrix={matrix}
          filters={filters}
          onChange={setFilters}
          connection={connection}
          narrow={narrow}
        />
      )}
      {!found && <NothingDeployed matrix={matrix} />}
      {found && view.services.length === 0 && (
        <NoMatch
          filters={filters}
          names={matrix.services.map(service => service.name)}
          onText={text => setFilters({ ...filters, text })}
          onClear={() => setFilters(clearFilters(filters))}
        />
      )}
      {found &&
        view.services.length > 0 &&
        (narrow ? (
          <NarrowMatrix
            view={view}
            environment={filters.environment}
            onEnvironment={environment =>
              setFilters({ ...filters, environment })
            }
          />
        ) : (
          <MatrixGrid
            view={view}
            problemsFirst={filters.problemsFirst}
            filterKey={JSON.stringify(filters)}
            environmentLink={environmentLink}
          />
        ))}
    </>
  );
}
