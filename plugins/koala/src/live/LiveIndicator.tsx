import { useCallback } from 'react';
import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import { formatAge, formatTimeOfDay } from '../time/formatAge';
import { useTicking } from '../time/useTicking';
import { LiveConnection } from './LiveConnection';
import styles from './LiveIndicator.module.css';
import { useLiveStore } from './useLive';

/** How fresh the screen is: another shape and another word for each way it gets its data. */
export function LiveIndicator(props: { connection: LiveConnection }) {
  const { state, since } = props.connection;
  return (
    <span className={styles.live} role="status" data-connection={state}>
      {state === 'live' && (
        <>
          <i className={styles.dot} />
          Live
          <HeardAgo />
        </>
      )}
      {state === 'connecting' && (
        <>
          <i className={styles.ring} />
          Connecting
        </>
      )}
      {state === 'reconnecting' && (
        <>
          <i className={styles.ring} />
          Reconnecting
          <span className={styles.muted} aria-hidden="true">
            · <Age since={since} />
          </span>
        </>
      )}
      {state === 'polling' && (
        <>
          <i className={styles.square} />
          Polling
          <span className={styles.muted}>
            · every 10 s
            <HeardAt />
          </span>
        </>
      )}
      {state === 'offline' && (
        <>
          <StatusIcon status="unknown" />
          <span className={styles.offline}>
            Offline since {formatTimeOfDay(since)}
          </span>
        </>
      )}
    </span>
  );
}

/** Changes every second, so it is not read out. */
function HeardAgo() {
  const store = useLiveStore();
  const text = useTicking(
    useCallback(
      (now: number) => {
        const heardAt = store.getHeardAt();
        return heardAt === undefined ? undefined : formatAge(now - heardAt);
      },
      [store],
    ),
  );
  return (
    <span className={styles.muted} aria-hidden="true">
      {text && `· ${text} ago`}
    </span>
  );
}

function HeardAt() {
  const store = useLiveStore();
  const text = useTicking(
    useCallback(() => {
      const heardAt = store.getHeardAt();
      return heardAt === undefined ? undefined : formatTimeOfDay(heardAt);
    }, [store]),
  );
  return <span aria-hidden="true">{text && `, ${text}`}</span>;
}
