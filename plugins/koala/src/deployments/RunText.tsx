import { WorkloadDetail } from '@koala-ops/backstage-plugin-koala-common';
import { Age } from '../time/Age';
import { Until } from '../time/Until';

const OUTCOMES = {
  succeeded: 'succeeded',
  failed: 'failed',
  gone: 'is gone',
} as const;

/** When a CronJob runs and how it went last, or how far a Job is; nothing for other workloads. */
export function RunText(props: { workload: WorkloadDetail }) {
  const { schedule, run } = props.workload;
  if (schedule) {
    const { lastRun, nextRunAt, active } = schedule;
    return (
      <>
        <code>{schedule.schedule}</code>
        {schedule.timeZone && ` ${schedule.timeZone}`}
        {nextRunAt !== undefined && (
          <>
            , next run <Until at={nextRunAt} />
          </>
        )}
        {active > 0 && `, ${active} running`}
        {lastRun ? (
          <>
            , last run {OUTCOMES[lastRun.outcome]}
            {lastRun.at !== undefined && (
              <>
                {' '}
                <Age since={lastRun.at} /> ago
              </>
            )}
          </>
        ) : (
          active === 0 && ', has not run yet'
        )}
      </>
    );
  }
  if (!run) {
    return null;
  }
  const { state, startedAt, finishedAt } = run;
  return (
    <>
      {state}
      {finishedAt !== undefined && (
        <>
          {' '}
          <Age since={finishedAt} /> ago
        </>
      )}
      {state === 'running' && startedAt !== undefined && (
        <>
          {' '}
          for <Age since={startedAt} />
        </>
      )}
      {run.failed > 0 &&
        `, ${run.failed} ${run.failed === 1 ? 'pod' : 'pods'} failed`}
    </>
  );
}
