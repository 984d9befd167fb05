import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/** @public */
export interface StatefulSetObject {
  kind: 'StatefulSet';
  meta: ObjectMeta;
  /** `spec.replicas`; 1 where the field is absent, as the API server defaults it. */
  replicas: number;
  /** `RollingUpdate` or `OnDelete`. */
  strategy: string;
  /** Pods with a lower ordinal stay as they are during a rolling update. */
  partition: number;
  template: PodTemplate;
  /** Names of the volume claim templates; a pod's claim is called `<template>-<pod>`. */
  claimTemplates: readonly string[];
  observedGeneration?: number;
  currentReplicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  /** Name of the ControllerRevision that the update starts from. */
  currentRevision?: string;
  /** Name of the ControllerRevision that the update leads to. */
  updateRevision?: string;
  /** When its controller last wrote its status; it has no conditions that would tell. */
  statusChangedAt?: number;
}
