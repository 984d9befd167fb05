import { Status } from '../status/Status';

/** What decides when parts differ; the first that any part has is the whole's. */
const DECIDING: readonly Status[] = [
  'degraded',
  'unknown',
  'progressing',
  'healthy',
  'suspended',
];

/**
 * The status of a whole from those of its parts: a cell from its targets, a target from its workloads.
 *
 * Healthy goes before suspended: where one region serves and another is stopped on purpose, nothing is
 * wrong and the service runs. Of no parts nothing is deployed.
 */
export function combineStatuses(statuses: readonly Status[]): Status {
  return DECIDING.find(status => statuses.includes(status)) ?? 'not-deployed';
}
