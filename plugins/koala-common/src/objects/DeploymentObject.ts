import { Condition } from './Condition';
import { LabelSelector } from './LabelSelector';
import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface DeploymentObject {
  kind: 'Deployment';
  meta: ObjectMeta;
  /** `spec.replicas`; 1 where the field is absent, as the API server defaults it. */
  replicas: number;
  paused: boolean;
  /** Seconds; undefined where the field is absent. */
  progressDeadlineSeconds?: number;
  selector: LabelSelector;
  template: PodTemplate;
  /** Annotation `deployment.kubernetes.io/revision`. */
  revision?: number;
  observedGeneration?: number;
  currentReplicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  conditions: readonly Condition[];
}
