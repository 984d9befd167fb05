import { AutoscalerObject } from '../objects/AutoscalerObject';
import { projectConditions } from './projectConditions';
import { projectMeta } from './projectMeta';
import {
  RawObject,
  readCount,
  readObject,
  readText,
  readTime,
} from './rawFields';
import { SharedValues } from './SharedValues';

export function projectAutoscaler(
  raw: RawObject,
  shared: SharedValues,
): AutoscalerObject {
  const meta = projectMeta({ kind: 'HorizontalPodAutoscaler', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const target = readObject(spec.scaleTargetRef);
  return {
    kind: 'HorizontalPodAutoscaler',
    meta,
    target: {
      kind: shared.text(readText(target.kind) ?? ''),
      name: shared.text(readText(target.name) ?? ''),
    },
    minReplicas: readCount(spec.minReplicas) ?? 1,
    maxReplicas: readCount(spec.maxReplicas) ?? 0,
    currentReplicas: readCount(status.currentReplicas) ?? 0,
    desiredReplicas: readCount(status.desiredReplicas) ?? 0,
    lastScaledAt: readTime(status.lastScaleTime),
    conditions: projectConditions(status.conditions, shared),
  };
}
