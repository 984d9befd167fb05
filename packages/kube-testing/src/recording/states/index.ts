import { RecordedState } from '../RecordedState';
import { CRON_JOBS } from './cronJobs';
import { DAEMON_SETS } from './daemonSets';
import { DEPLOYMENTS } from './deployments';
import { JOBS } from './jobs';
import { OTHERS } from './others';
import { STATEFUL_SETS } from './statefulSets';

/** Every state that is recorded. */
export const STATES: readonly RecordedState[] = [
  ...DEPLOYMENTS,
  ...STATEFUL_SETS,
  ...DAEMON_SETS,
  ...JOBS,
  ...CRON_JOBS,
  ...OTHERS,
];
