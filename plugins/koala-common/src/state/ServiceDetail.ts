import { ContainerRole } from '../objects/PodTemplate';
import { ExposurePort, ExposureType } from '../objects/ExposureObject';
import { Reason } from '../status/Reason';
import { Status } from '../status/Status';
import { Cell } from './Cell';
import { ClusterState } from './ClusterState';
import { ConfigProblem, EnvironmentSummary } from './Matrix';
import { Release } from './Release';
import { ServiceSummary } from './ServiceSummary';
import { IngressDetail, VolumeDetail } from './TargetParts';
import { TargetState } from './TargetState';
import {
  AutoscalerDetail,
  ConfigDetail,
  DisruptionBudgetDetail,
  JobRunDetail,
  ScheduleDetail,
  TemplateContainerDetail,
} from './WorkloadParticulars';

/** @public */
export interface ContainerDetail {
  name: string;
  role: ContainerRole;
  image: string;
  /** `sha256:…` that it runs; absent until it is reported, and where it is that of the release. */
  digest?: string;
  ready: boolean;
  restarts: number;
  /** `Running`, `CrashLoopBackOff`, `Completed` …: the word kubectl would print. */
  state: string;
  message?: string;
  /** Since when it is in this state, ms since the epoch. */
  since?: number;
}

/** @public */
export interface PodDetail {
  name: string;
  namespace: string;
  status: Status;
  reason?: Reason;
  /** Version of its main container. */
  version: string;
  /** It belongs to the newest revision of its workload. */
  current: boolean;
  ready: number;
  /** Containers that have to be ready: main and sidecars. */
  containers: ContainerDetail[];
  restarts: number;
  node?: string;
  createdAt: number;
}

/** @public */
export interface WorkloadDetail {
  kind: string;
  name: string;
  namespace: string;
  status: Status;
  since?: number;
  /** Worst first. */
  reasons: Reason[];
  release: Release;
  ready: number;
  desired: number;
  updated: number;
  createdAt: number;
  /** Entity references of other services that claim it too, as far as the reader may see them. */
  alsoClaimedBy?: string[];
  /** Those of its pod template: the main one first, then sidecars, then init containers. */
  containers: TemplateContainerDetail[];
  configs: ConfigDetail[];
  autoscaler?: AutoscalerDetail;
  disruptionBudget?: DisruptionBudgetDetail;
  /** Of a Job. */
  run?: JobRunDetail;
  /** Of a CronJob. */
  schedule?: ScheduleDetail;
  pods: PodDetail[];
}

/** @public */
export interface ExposureDetail {
  name: string;
  namespace: string;
  type: ExposureType;
  ports: ExposurePort[];
  addresses: string[];
  status: Status;
  reason?: Reason;
  /** Pods it sends traffic to, of the pods it selects. */
  ready: number;
  selected: number;
  createdAt: number;
}

/** @public */
export interface TargetDetail extends TargetState {
  /** Namespaces that were looked into. */
  namespaces: string[];
  workloads: WorkloadDetail[];
  exposures: ExposureDetail[];
  ingresses: IngressDetail[];
  volumes: VolumeDetail[];
  /** Kinds that could not be read here: what is missing may only be unseen. Absent where all could. */
  unread?: string[];
}

/** @public */
export interface CellDetail extends Omit<Cell, 'targets'> {
  targets: TargetDetail[];
}

/**
 * Answer of `GET /api/koala/services/{namespace}/{name}`.
 *
 * @public
 */
export interface ServiceDetail {
  revision: string;
  service: ServiceSummary;
  environments: EnvironmentSummary[];
  cells: CellDetail[];
  clusters: ClusterState[];
  problems: ConfigProblem[];
}
