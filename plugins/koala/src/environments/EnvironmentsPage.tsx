import { Button, Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { EnvironmentList } from '@koala-ops/backstage-plugin-koala-common';
import { koalaApiRef, RequestOptions } from '../api/KoalaApi';
import { useLive } from '../live/useLive';
import { ClusterAlerts } from '../matrix/ClusterAlerts';
import { ConfigProblemBanner } from '../setup/ConfigProblemBanner';
import { EmptyCard } from '../setup/EmptyCard';
import { SetupPage } from '../setup/SetupPage';
import theme from '../theme/tokens.module.css';
import { EnvironmentsFilterBar } from './EnvironmentsFilterBar';
import { EnvironmentsTable } from './EnvironmentsTable';
import {
  describeEnvironmentFilters,
  EnvironmentFilters,
  matchesEnvironment,
  parseEnvironmentFilters,
  writeEnvironmentFilters,
} from './model/environmentFilters';
import { sectionsOf } from './model/sections';
import { ReadError, StaleAlert } from './ReadError';
import { useFollowed } from './useFollowed';

/** Every environment: what it is promoted from, where it runs, and how many of its services are well. */
export function EnvironmentsPage() {
  const api = useApi(koalaApiRef);
  const { data, error, retry } = useFollowed(
    useCallback(
      (options: RequestOptions) => api.getEnvironments(options),
      [api],
    ),
  );
  return (
    <main className={`${theme.root} ${theme.page}`}>
      {!data && error && <ReadError error={error} onRetry={retry} />}
      {!data && !error && (
        <div role="status" aria-label="Loading environments">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {data && error && <StaleAlert error={error} />}
      {data &&
        (data.environments.length === 0 ? (
          <SetupPage problems={data.problems} />
        ) : (
          <Environments list={data} />
        ))}
    </main>
  );
}

function Environments(props: { list: EnvironmentList }) {
  const { environments, clusters, problems } = props.list;
  const { connection } = useLive();
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => parseEnvironmentFilters(query), [query]);
  const setFilters = (next: EnvironmentFilters) =>
    setQuery(current => writeEnvironmentFilters(current, next), {
      replace: true,
    });
  const sections = useMemo(
    () =>
      sectionsOf({
        all: environments,
        shown: environment => matchesEnvironment(environment, filters),
      }),
    [environments, filters],
  );
  return (
    <>
      <ConfigProblemBanner problems={problems} />
      <ClusterAlerts clusters={clusters} />
      <EnvironmentsFilterBar
        environments={environments}
        filters={filters}
        onChange={setFilters}
        connection={connection}
      />
      {sections.length > 0 ? (
        <EnvironmentsTable
          sections={sections}
          environments={environments}
          clusters={clusters}
        />
      ) : (
        <EmptyCard
          title={`No environment matches ${describeEnvironmentFilters(
            filters,
          ).join(', ')}`}
          actions={
            <Button
              variant="secondary"
              onPress={() => setFilters({ text: '' })}
            >
              Clear filters
            </Button>
          }
        />
      )}
    </>
  );
}
