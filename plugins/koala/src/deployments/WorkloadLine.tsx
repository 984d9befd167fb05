import { RiStackLine } from '@remixicon/react';
import { WorkloadDetail } from '@koala-ops/backstage-plugin-koala-common';
import { shortVersion } from '../status/shortVersion';
import { StatusText } from '../status/StatusText';
import { RunText } from './RunText';
import { TreeColumns, TreeToggle } from './TreeColumns';
import styles from './TreeLine.module.css';

/** A workload of any kind. */
export function WorkloadLine(props: {
  workload: WorkloadDetail;
  open: boolean;
  onToggle: () => void;
}) {
  const { workload, open, onToggle } = props;
  const { ready, desired, reasons, schedule, run } = workload;
  return (
    <TreeColumns
      depth={0}
      name={
        <TreeToggle open={open} onToggle={onToggle}>
          <RiStackLine size={14} aria-hidden="true" />
          <b>{workload.name}</b>
          <span className={styles.muted}>{workload.kind}</span>
        </TreeToggle>
      }
      status={<StatusText status={workload.status} />}
      // Between its runs a CronJob has no pods, and none that are missing.
      ready={schedule ? undefined : `${ready}/${desired}`}
      title={reasons[0]?.message}
      detail={
        <>
          {rolloutFacts(workload)}
          {(schedule || run) && (
            <>
              {rolloutFacts(workload) && ', '}
              <RunText workload={workload} />
            </>
          )}
        </>
      }
      since={workload.createdAt}
    />
  );
}

function rolloutFacts(workload: WorkloadDetail): string {
  const { release, updated, desired, autoscaler, reasons } = workload;
  const facts = [
    release.revision !== undefined && `revision ${release.revision}`,
    updated < desired && `updating ${updated} of ${desired}`,
    autoscaler &&
      `scaled from ${autoscaler.minReplicas} to ${autoscaler.maxReplicas}`,
    autoscaler?.status === 'degraded' && autoscaler.reason?.code,
    reasons[0]?.code,
  ];
  return facts.filter(Boolean).join(', ') || shortVersion(release.version);
}
