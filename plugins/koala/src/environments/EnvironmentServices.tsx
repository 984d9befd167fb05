import { useMemo } from 'react';
import { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { FilterBar } from '../matrix/FilterBar';
import { MatrixGrid } from '../matrix/MatrixGrid';
import { buildColumnGroups } from '../matrix/model/columns';
import { clearFilters } from '../matrix/model/filters';
import { viewMatrix } from '../matrix/model/MatrixView';
import { NarrowMatrix } from '../matrix/NarrowMatrix';
import { NoMatch } from '../matrix/NoMatch';
import { useFilters } from '../matrix/useFilters';
import { useNarrow } from '../matrix/useNarrow';
import { useOwnership } from '../matrix/useOwnership';
import { EmptyCard } from '../setup/EmptyCard';
import styles from './EnvironmentPage.module.css';
import { matrixOf } from './model/matrixOf';

/** The services of one environment, live: the matrix with nothing but its columns. */
export function EnvironmentServices(props: {
  matrix: Matrix;
  environment: string;
}) {
  const { environment } = props;
  const [filters, setFilters] = useFilters();
  const ownership = useOwnership();
  const narrow = useNarrow();
  const matrix = useMemo(
    () => matrixOf(props.matrix, environment),
    [props.matrix, environment],
  );
  const { environments, clusters } = props.matrix;
  const groups = useMemo(
    () =>
      buildColumnGroups({ environments, clusters })
        .filter(group => group.environment.name === environment)
        // What it is promoted from is not beside it here.
        .map(group => ({ ...group, promotedFromLeft: false })),
    [environments, clusters, environment],
  );
  const view = useMemo(
    () => ({
      ...viewMatrix({ matrix, groups, filters, ownership: ownership ?? [] }),
      // They stand above already, over all services.
      counts: new Map(),
    }),
    [matrix, groups, filters, ownership],
  );
  if (groups.length === 0) {
    return null;
  }
  if (matrix.services.length === 0) {
    return (
      <EmptyCard koala title="No service that you may see could run here">
        Koala looks for every Component of the types in koala.services.types,
        and for any with a Kubernetes annotation. Where namespaces are named
        after a system, the Component has to be part of one.
      </EmptyCard>
    );
  }
  return (
    <>
      <FilterBar
        matrix={matrix}
        filters={filters}
        onChange={setFilters}
        narrow={narrow}
      />
      {view.services.length === 0 && (
        <NoMatch
          filters={filters}
          names={matrix.services.map(({ name }) => name)}
          onText={text => setFilters({ ...filters, text })}
          onClear={() => setFilters(clearFilters(filters))}
        />
      )}
      {view.services.length > 0 && narrow && (
        <NarrowMatrix view={view} environment={environment} />
      )}
      {view.services.length > 0 && !narrow && (
        <div className={styles.grid}>
          <MatrixGrid
            view={view}
            problemsFirst={filters.problemsFirst}
            filterKey={JSON.stringify(filters)}
          />
        </div>
      )}
    </>
  );
}
