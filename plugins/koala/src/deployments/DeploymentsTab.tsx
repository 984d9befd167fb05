import { Alert, Skeleton } from '@backstage/ui';
import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useSearchParams } from 'react-router-dom';
import { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { LiveIndicator } from '../live/LiveIndicator';
import { useLive } from '../live/useLive';
import { ConfigProblemBanner } from '../setup/ConfigProblemBanner';
import { EmptyCard } from '../setup/EmptyCard';
import { explainError } from '../setup/explainError';
import { SetupPage } from '../setup/SetupPage';
import theme from '../theme/tokens.module.css';
import { ComparisonTable } from './ComparisonTable';
import styles from './DeploymentsTab.module.css';
import { chooseEnvironment, viewEnvironments } from './model/environmentView';
import { TargetPanel } from './TargetPanel';
import { useServiceDetail } from './useServiceDetail';

/** The tab of a Component: where it runs, in which release, and what is wrong there. */
export function DeploymentsTab() {
  const { entity } = useEntity();
  const { detail, error } = useServiceDetail(getCompoundEntityRef(entity));
  return (
    <div className={theme.root}>
      {detail && <Deployments detail={detail} error={error} />}
      {!detail && error && <DetailError error={error} />}
      {!detail && !error && (
        <div role="status" aria-label="Loading deployments">
          <Skeleton width="100%" height={220} />
        </div>
      )}
    </div>
  );
}

function Deployments(props: { detail: ServiceDetail; error?: Error }) {
  const { detail, error } = props;
  const { connection } = useLive();
  const [query, setQuery] = useSearchParams();
  const views = viewEnvironments(detail);
  const selected = chooseEnvironment(
    views,
    query.get('environment') ?? undefined,
  );
  if (!selected) {
    return <SetupPage problems={detail.problems} />;
  }
  const select = (environment: string) =>
    setQuery(
      current => {
        const next = new URLSearchParams(current);
        next.set('environment', environment);
        return next;
      },
      { replace: true },
    );
  const findings = detail.service.findings ?? [];
  return (
    <>
      <div className={styles.live}>
        <LiveIndicator connection={connection} />
      </div>
      <ConfigProblemBanner problems={detail.problems} />
      {error && (
        <Alert
          className={styles.alert}
          status="warning"
          icon
          title={explainError(error).title}
          description="What is shown may be out of date. Koala goes on trying by itself."
        />
      )}
      {findings.map(finding => (
        <Alert
          key={`${finding.code} ${finding.environment ?? ''}`}
          className={styles.alert}
          status="warning"
          icon
          title={finding.message}
          description={finding.environment && `In ${finding.environment}.`}
        />
      ))}
      <ComparisonTable views={views} selected={selected} onSelect={select} />
      {selected.targets.map(target => (
        <TargetPanel
          key={`${selected.environment.name}/${target.detail.target}`}
          environment={selected}
          target={target}
          service={detail.service}
        />
      ))}
    </>
  );
}

function DetailError(props: { error: Error }) {
  const { error } = props;
  const missing = error.name === 'ResponseError' && isNotFound(error);
  const { title, text } = missing
    ? {
        title: 'Koala does not know this component',
        text: 'It may have been registered a moment ago, or its type is not one of koala.services.types and it carries no Kubernetes annotation.',
      }
    : explainError(error);
  return (
    <EmptyCard koala title={title} code={error.message}>
      {text} Koala goes on trying by itself.
    </EmptyCard>
  );
}

function isNotFound(error: Error & { statusCode?: number }): boolean {
  return error.statusCode === 404;
}
