import { PodDetail } from '@koala-ops/backstage-plugin-koala-common';
import { STATUS_WORDS } from '../status/statusWords';
import styles from './PodSquares.module.css';

const SHOWN = 30;

/** One square per pod. The numbers beside it say the same, so it is hidden from assistive technology. */
export function PodSquares(props: {
  pods: readonly PodDetail[];
  /** They are as they were seen last. */
  unseen: boolean;
}) {
  const { pods, unseen } = props;
  return (
    <span className={styles.pods} aria-hidden="true">
      {pods.slice(0, SHOWN).map(pod => (
        <i
          key={`${pod.namespace}/${pod.name}`}
          data-status={unseen ? 'unknown' : pod.status}
          title={`${pod.name}: ${STATUS_WORDS[pod.status]}`}
        />
      ))}
      {pods.length > SHOWN && <small>+{pods.length - SHOWN}</small>}
    </span>
  );
}
