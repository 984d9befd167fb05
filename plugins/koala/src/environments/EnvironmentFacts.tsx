import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Fragment, ReactNode } from 'react';
import { Link } from 'react-router-dom';
import {
  EnvironmentOverview,
  EnvironmentSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import { LiveConnection } from '../live/LiveConnection';
import { LiveIndicator } from '../live/LiveIndicator';
import { environmentsRouteRef, servicesRouteRef } from '../routes';
import styles from './EnvironmentFacts.module.css';
import { EnvironmentLink } from './EnvironmentLink';
import { plural } from './model/plural';
import { titleOf } from './model/sections';

/** The head of an environment: what it is called, where it stands, and the way back. */
export function EnvironmentFacts(props: {
  environment: EnvironmentOverview;
  /** Those that the reader may see. */
  environments: readonly EnvironmentSummary[];
  connection: LiveConnection;
}) {
  const { environment, environments, connection } = props;
  const { name, tier, promotesFrom, services, workloads } = environment;
  const list = useRouteRef(environmentsRouteRef)?.();
  const matrix = useRouteRef(servicesRouteRef)?.();
  const title = titleOf(environment);
  const upstream = environments.filter(one => one.name === promotesFrom);
  const downstream = environments.filter(one => one.promotesFrom === name);
  return (
    <header className={styles.header}>
      <nav className={styles.way} aria-label="Environments">
        {list && <Link to={list}>All environments</Link>}
        {matrix && tier && (
          <Link to={`${matrix}?tier=${encodeURIComponent(tier)}`}>
            Show in Services
          </Link>
        )}
        <span className={styles.live}>
          <LiveIndicator connection={connection} />
        </span>
      </nav>
      <h2 className={styles.title}>{title}</h2>
      <dl className={styles.facts}>
        {title !== name && <Fact label="Name">{name}</Fact>}
        {tier && <Fact label="Tier">{tier}</Fact>}
        {promotesFrom && (
          <Fact label="Promoted from">
            {upstream.length > 0 ? <Links to={upstream} /> : promotesFrom}
          </Fact>
        )}
        {downstream.length > 0 && (
          <Fact label="Promoted to">
            <Links to={downstream} />
          </Fact>
        )}
        <Fact label="Services">
          {services.toLocaleString('en')} in {plural(workloads, 'workload')}
        </Fact>
      </dl>
    </header>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Links(props: { to: readonly EnvironmentSummary[] }) {
  return (
    <>
      {props.to.map((environment, index) => (
        <Fragment key={environment.name}>
          {index > 0 && ', '}
          <EnvironmentLink
            name={environment.name}
            title={titleOf(environment)}
          />
        </Fragment>
      ))}
    </>
  );
}
