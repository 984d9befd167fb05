import { ButtonLink, Skeleton } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { EnvironmentDetail } from '@koala-ops/backstage-plugin-koala-common';
import { koalaApiRef, RequestOptions } from '../api/KoalaApi';
import { useLive } from '../live/useLive';
import { environmentsRouteRef } from '../routes';
import { ClusterAlerts } from '../matrix/ClusterAlerts';
import { EmptyCard } from '../setup/EmptyCard';
import theme from '../theme/tokens.module.css';
import { ClusterPanel } from './ClusterPanel';
import { EnvironmentFacts } from './EnvironmentFacts';
import styles from './EnvironmentPage.module.css';
import { EnvironmentServices } from './EnvironmentServices';
import { HealthCounts } from './HealthCounts';
import { ReadError, StaleAlert } from './ReadError';
import { UnclaimedPanel } from './UnclaimedPanel';
import { useFollowed } from './useFollowed';

/** One environment: its services, where they run, and what runs there that belongs to none. */
export function EnvironmentPage(props: { name: string }) {
  const { name } = props;
  const api = useApi(koalaApiRef);
  const { data, error, retry } = useFollowed(
    useCallback(
      (options: RequestOptions) => api.getEnvironment(name, options),
      [api, name],
    ),
  );
  const gone = error && isNotFound(error);
  return (
    <main className={`${theme.root} ${theme.page}`}>
      {gone && <NoSuchEnvironment name={name} />}
      {!gone && !data && error && <ReadError error={error} onRetry={retry} />}
      {!data && !error && (
        <div role="status" aria-label={`Loading ${name}`}>
          <Skeleton width="100%" height={120} />
          <Skeleton width="100%" height={320} style={{ marginTop: 12 }} />
        </div>
      )}
      {!gone && data && error && <StaleAlert error={error} />}
      {!gone && data && <Environment detail={data} />}
    </main>
  );
}

function Environment(props: { detail: EnvironmentDetail }) {
  const { environment, clusters, unclaimed } = props.detail;
  const { matrix, connection } = useLive();
  return (
    <>
      <EnvironmentFacts
        environment={environment}
        environments={matrix?.environments ?? []}
        connection={connection}
      />
      <ClusterAlerts clusters={clusters} />
      <section className={styles.summary} aria-label="Health">
        <HealthCounts counts={environment.counts} bar large />
      </section>
      <div className={styles.columns}>
        <div className={styles.services}>
          {matrix && (
            <EnvironmentServices
              matrix={matrix}
              environment={environment.name}
            />
          )}
        </div>
        <ClusterPanel targets={environment.targets} clusters={clusters} />
      </div>
      <UnclaimedPanel targets={environment.targets} unclaimed={unclaimed} />
    </>
  );
}

function NoSuchEnvironment(props: { name: string }) {
  const list = useRouteRef(environmentsRouteRef)?.();
  return (
    <EmptyCard
      koala
      title={`There is no environment ${props.name}, or you may not see it`}
      actions={
        list && (
          <ButtonLink variant="secondary" href={list}>
            All environments
          </ButtonLink>
        )
      }
    >
      A preview environment ends with its pull request. To see an environment
      takes the permission koala.service.read there.
    </EmptyCard>
  );
}

function isNotFound(error: Error & { statusCode?: number }): boolean {
  return error.name === 'NotFoundError' || error.statusCode === 404;
}
