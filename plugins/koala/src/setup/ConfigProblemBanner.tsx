import { Alert } from '@backstage/ui';
import { ConfigProblem } from '@koala-ops/backstage-plugin-koala-common';
import { ConfigProblemList } from './ConfigProblemList';
import styles from './ConfigProblemBanner.module.css';

/** Mistakes in the configuration, above a page that works with the rest of it. */
export function ConfigProblemBanner(props: {
  problems: readonly ConfigProblem[];
}) {
  const { problems } = props;
  if (problems.length === 0) {
    return null;
  }
  return (
    <Alert
      className={styles.banner}
      status="warning"
      icon
      title={
        problems.length === 1
          ? 'One key of the configuration needs fixing'
          : `${problems.length} keys of the configuration need fixing`
      }
      description={<ConfigProblemList problems={problems} />}
    />
  );
}
