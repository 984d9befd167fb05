import { Button } from '@backstage/ui';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import {
  EnvironmentTarget,
  UnclaimedWorkload,
} from '@koala-ops/backstage-plugin-koala-common';
import { entityName } from '../matrix/model/entityName';
import { useDeploymentsLink } from '../matrix/useDeploymentsLink';
import { Sentence } from '../status/Sentence';
import { shortVersion } from '../status/shortVersion';
import { StatusText } from '../status/StatusText';
import { Age } from '../time/Age';
import { plural } from './model/plural';
import styles from './panels.module.css';

const SHOWN = 50;

/** Workloads that belong to no service, and whose they probably are. */
export function UnclaimedPanel(props: {
  targets: readonly EnvironmentTarget[];
  unclaimed: readonly UnclaimedWorkload[];
}) {
  const { targets, unclaimed } = props;
  const [all, setAll] = useState(false);
  // Those that somebody can put right at once come first.
  const sorted = [...unclaimed].sort(
    (a, b) => Number(b.nearMisses.length > 0) - Number(a.nearMisses.length > 0),
  );
  const partly = targets
    .filter(target => target.unclaimed === undefined)
    .map(({ cluster }) => cluster);
  return (
    <section className={styles.panel} aria-label="Unclaimed workloads">
      <h3 className={styles.head}>
        Unclaimed workloads
        {unclaimed.length > 0 && (
          <span>{plural(unclaimed.length, 'workload')}, of no service</span>
        )}
      </h3>
      {partly.length > 0 && (
        <p className={styles.text}>
          Not everything in {[...new Set(partly)].join(' and ')} can be read:
          there may be more.
        </p>
      )}
      {unclaimed.length === 0 && partly.length === 0 && (
        <p className={styles.text}>
          Every workload in these namespaces belongs to a service.
        </p>
      )}
      {unclaimed.length > 0 && (
        <div className={styles.scroller}>
          <table className={styles.table} aria-label="Unclaimed workloads">
            <thead>
              <tr>
                <th scope="col">Workload</th>
                <th scope="col">Where</th>
                <th scope="col">Status</th>
                <th scope="col">Release</th>
                <th scope="col">Age</th>
                <th scope="col">Whose it may be</th>
              </tr>
            </thead>
            <tbody>
              {(all ? sorted : sorted.slice(0, SHOWN)).map(workload => (
                <WorkloadRow
                  key={`${workload.target}/${workload.namespace}/${workload.kind}/${workload.name}`}
                  workload={workload}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!all && unclaimed.length > SHOWN && (
        <div className={styles.more}>
          <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
            Show all {unclaimed.length.toLocaleString('en')}
          </Button>
        </div>
      )}
    </section>
  );
}

function WorkloadRow(props: { workload: UnclaimedWorkload }) {
  const { workload } = props;
  const { status, reason, release, ready, desired, nearMisses } = workload;
  const linkTo = useDeploymentsLink();
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>{workload.name}</span>
        <span className={styles.muted}>{workload.kind}</span>
      </th>
      <td>
        <code>{workload.namespace}</code>
        <br />
        <span className={styles.muted}>{workload.cluster}</span>
      </td>
      <td>
        <StatusText status={status} />
        {reason && status !== 'healthy' && (
          <span className={styles.muted} title={reason.message}>
            {reason.code}
          </span>
        )}
      </td>
      <td>
        {release && (
          <code title={release.version}>{shortVersion(release.version)}</code>
        )}
        {ready !== undefined && desired !== undefined && (
          <>
            <br />
            <span className={styles.muted}>
              {ready} of {desired} ready
            </span>
          </>
        )}
      </td>
      <td>
        <Age since={workload.createdAt} />
      </td>
      <td>
        {nearMisses.length === 0 && (
          <span className={styles.muted}>
            no Component has a name or id like it
          </span>
        )}
        {nearMisses.map(({ service, by, message }) => {
          const href = linkTo(service);
          const name = entityName(service);
          return (
            <div key={`${service} ${by}`}>
              {href ? <Link to={href}>{name}</Link> : <b>{name}</b>}:{' '}
              <Sentence text={message} />
            </div>
          );
        })}
      </td>
    </tr>
  );
}
