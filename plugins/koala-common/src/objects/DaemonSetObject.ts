import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface DaemonSetObject {
  kind: 'DaemonSet';
  meta: ObjectMeta;
  /** `RollingUpdate` or `OnDelete`. */
  strategy: string;
  template: PodTemplate;
  observedGeneration?: number;
  /** Nodes that should run a pod of it. */
  desiredReplicas: number;
  currentReplicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  /** When its controller last wrote its status; it has no conditions that would tell. */
  statusChangedAt?: number;
}
