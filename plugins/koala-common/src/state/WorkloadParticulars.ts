import { ConfigReference, ContainerTemplate } from '../objects/PodTemplate';
import { SidecarPurpose } from '../images/sidecarPurpose';
import { Reason } from '../status/Reason';
import { Status } from '../status/Status';

/**
 * A container as the pod template of a workload names it.
 *
 * @public
 */
export interface TemplateContainerDetail extends ContainerTemplate {
  /** What a well-known sidecar is for. */
  purpose?: SidecarPurpose;
}

/**
 * A Job: one run.
 *
 * @public
 */
export interface JobRunDetail {
  state: 'starting' | 'running' | 'succeeded' | 'failed' | 'suspended';
  startedAt?: number;
  finishedAt?: number;
  /** Pods that succeeded, of those that have to. */
  succeeded: number;
  completions: number;
  active: number;
  /** Pods that failed, of the failures that are tolerated. */
  failed: number;
  backoffLimit: number;
}

/**
 * When a CronJob runs, and how its last run ended. Times in ms since the epoch.
 *
 * @public
 */
export interface ScheduleDetail {
  /** In cron format. */
  schedule: string;
  timeZone?: string;
  suspended: boolean;
  /** Absent while it is suspended, and where the schedule cannot be read. */
  nextRunAt?: number;
  lastScheduledAt?: number;
  /** The run that ended last; `gone` where it has left nothing to judge it by. */
  lastRun?: {
    outcome: 'succeeded' | 'failed' | 'gone';
    at?: number;
    /** Name of its Job, while that is there. */
    job?: string;
  };
  /** Runs that go on. */
  active: number;
}

/** @public */
export interface AutoscalerDetail {
  name: string;
  status: Status;
  reason?: Reason;
  minReplicas: number;
  maxReplicas: number;
  currentReplicas: number;
  desiredReplicas: number;
  lastScaledAt?: number;
}

/** @public */
export interface DisruptionBudgetDetail {
  name: string;
  status: Status;
  reason?: Reason;
  disruptionsAllowed: number;
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
}

/**
 * A ConfigMap or a Secret that a workload refers to. Of a Secret nothing but the reference is known.
 *
 * @public
 */
export interface ConfigDetail extends ConfigReference {
  /** The object, or one of the keys that are referred to, is not there. */
  missing?: boolean;
  /** Of the keys that are referred to, those that are not there. */
  missingKeys?: string[];
}
