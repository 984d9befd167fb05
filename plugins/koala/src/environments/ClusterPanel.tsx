import {
  ClusterState,
  EnvironmentTarget,
} from '@koala-ops/backstage-plugin-koala-common';
import { Sentence } from '../status/Sentence';
import { ClusterLine } from './ClusterLine';
import { plural } from './model/plural';
import { NamespaceList } from './NamespaceList';
import styles from './panels.module.css';

/** The clusters of an environment: how each is seen, and which namespaces are looked into. */
export function ClusterPanel(props: {
  targets: readonly EnvironmentTarget[];
  clusters: readonly ClusterState[];
}) {
  const { targets, clusters } = props;
  return (
    <section className={styles.side} aria-label="Clusters">
      <h3 className={styles.head}>Clusters</h3>
      {targets.map(target => {
        const cluster = clusters.find(({ name }) => name === target.cluster);
        return (
          <div key={target.name} className={styles.item}>
            <ClusterLine name={target.cluster} cluster={cluster} />
            {cluster?.message && !target.reasons && (
              <p>
                <Sentence text={cluster.message} />{' '}
                {cluster.nextStep && <Sentence text={cluster.nextStep} />}
              </p>
            )}
            <p className={styles.muted}>
              {targets.length > 1 && `${target.name}: `}
              {plural(target.namespaces.length, 'namespace')} by{' '}
              <code>{target.scope}</code>
            </p>
            <NamespaceList namespaces={target.namespaces} />
            {target.reasons?.map(reason => (
              <p key={reason.message} className={styles.reason}>
                <Sentence text={reason.message} />{' '}
                {reason.nextStep && <Sentence text={reason.nextStep} />}
              </p>
            ))}
          </div>
        );
      })}
    </section>
  );
}
