import { Alert, Button } from '@backstage/ui';
import { RiLock2Line } from '@remixicon/react';
import { useState } from 'react';
import { ClusterState } from '@koala-ops/backstage-plugin-koala-common';
import { CLUSTER_WORDS } from '../status/clusterWords';
import styles from './ClusterAlerts.module.css';

/** Conditions that pass only when somebody does something, and not by waiting. */
const NEED_A_HAND = [
  'forbidden',
  'partial',
  'broken',
  'unwatchable',
  'missing',
];

/** One line per cluster that refuses, with what to do; the rest of the page works. */
export function ClusterAlerts(props: { clusters: readonly ClusterState[] }) {
  const clusters = props.clusters.filter(cluster =>
    NEED_A_HAND.includes(cluster.condition),
  );
  return (
    <>
      {clusters.map(cluster => (
        <ClusterAlert key={cluster.name} cluster={cluster} />
      ))}
    </>
  );
}

function ClusterAlert(props: { cluster: ClusterState }) {
  const { cluster } = props;
  const message = cluster.message ?? CLUSTER_WORDS[cluster.condition];
  const kinds = Object.entries(cluster.kinds ?? {});
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard
      .writeText(
        [
          `${cluster.name}: ${message}`,
          ...kinds.map(([kind, error]) => `${kind}: ${error}`),
        ].join('\n'),
      )
      .then(
        () => setCopied(true),
        () => setCopied(false),
      );
  return (
    <Alert
      className={styles.alert}
      status="warning"
      icon={<RiLock2Line aria-hidden="true" />}
      title={`${cluster.title ?? cluster.name}: ${message}`}
      description={[
        'Other clusters work.',
        cluster.nextStep,
        kinds.length > 0 &&
          `Not readable: ${kinds.map(([kind]) => kind).join(', ')}.`,
      ]
        .filter(Boolean)
        .join(' ')}
      customActions={
        <Button size="small" variant="tertiary" onPress={copy}>
          {copied ? 'Copied' : 'Copy error'}
        </Button>
      }
    />
  );
}
