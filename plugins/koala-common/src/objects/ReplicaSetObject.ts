import { Condition } from './Condition';
import { LabelSelector } from './LabelSelector';
import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface ReplicaSetObject {
  kind: 'ReplicaSet';
  meta: ObjectMeta;
  replicas: number;
  selector: LabelSelector;
  template: PodTemplate;
  /** Annotation `deployment.kubernetes.io/revision`. */
  revision?: number;
  observedGeneration?: number;
  currentReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  conditions: readonly Condition[];
}
