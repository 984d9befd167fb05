import { Condition } from './Condition';
import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface JobObject {
  kind: 'Job';
  meta: ObjectMeta;
  suspended: boolean;
  parallelism: number;
  /** Pods that have to succeed; absent where any one success is enough. */
  completions?: number;
  /** Failures that are tolerated. */
  backoffLimit: number;
  /** How long it stays after its end, in seconds; absent where it stays for good. */
  ttlSeconds?: number;
  template: PodTemplate;
  active: number;
  ready: number;
  succeeded: number;
  failed: number;
  startedAt?: number;
  completedAt?: number;
  conditions: readonly Condition[];
}
