import { Condition } from './Condition';
import { ObjectMeta } from './ObjectMeta';
import { ContainerRole } from './PodTemplate';

/**
 * One state of a container; times in milliseconds since the epoch.
 *
 * @public
 */
export type ContainerState =
  | { type: 'waiting'; reason?: string; message?: string }
  | { type: 'running'; startedAt?: number }
  | {
      type: 'terminated';
      reason?: string;
      message?: string;
      exitCode: number;
      startedAt?: number;
      finishedAt?: number;
    };

/**
 * A container of a pod: its spec and, once the kubelet has reported, its status.
 *
 * @public
 */
export interface PodContainer {
  name: string;
  role: ContainerRole;
  /** The image of the spec. */
  image: string;
  /** `imageID` of the status: the digest that runs, once pulled. */
  imageId?: string;
  ready: boolean;
  /** False while its startup probe has not passed; absent until the kubelet says. */
  started?: boolean;
  restarts: number;
  state?: ContainerState;
  /** The run before this one. */
  lastState?: ContainerState;
}

/** @public */
export interface PodObject {
  kind: 'Pod';
  meta: ObjectMeta;
  phase: string;
  /** `status.reason`, such as `Evicted`. */
  reason?: string;
  message?: string;
  node?: string;
  startedAt?: number;
  restartPolicy: string;
  containers: readonly PodContainer[];
  /** Names of the PersistentVolumeClaims that it mounts. */
  claims: readonly string[];
  conditions: readonly Condition[];
}
