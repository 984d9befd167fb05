import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface CronJobObject {
  kind: 'CronJob';
  meta: ObjectMeta;
  /** In cron format. */
  schedule: string;
  /** Name of the time zone of the schedule; absent where it is that of the cluster's controller. */
  timeZone?: string;
  suspended: boolean;
  /** Template of the pods of its Jobs. */
  template: PodTemplate;
  /** Runs that go on. */
  active: number;
  lastScheduledAt?: number;
  lastSucceededAt?: number;
}
