import { StatefulSetObject } from '../objects/StatefulSetObject';
import { lastManagedAt } from './lastManagedAt';
import { projectMeta } from './projectMeta';
import { projectTemplate } from './projectTemplate';
import {
  RawObject,
  readCount,
  readList,
  readObject,
  readText,
} from './rawFields';
import { SharedValues } from './SharedValues';

export function projectStatefulSet(
  raw: RawObject,
  shared: SharedValues,
): StatefulSetObject {
  const meta = projectMeta({ kind: 'StatefulSet', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const strategy = readObject(spec.updateStrategy);
  return {
    kind: 'StatefulSet',
    meta,
    replicas: readCount(spec.replicas) ?? 1,
    strategy: shared.text(readText(strategy.type) ?? 'RollingUpdate'),
    partition: readCount(readObject(strategy.rollingUpdate).partition) ?? 0,
    template: projectTemplate(spec.template, shared),
    claimTemplates: readList(spec.volumeClaimTemplates)
      .map(claim => readText(readObject(claim.metadata).name))
      .filter(name => name !== undefined),
    observedGeneration: readCount(status.observedGeneration),
    currentReplicas: readCount(status.replicas) ?? 0,
    updatedReplicas: readCount(status.updatedReplicas) ?? 0,
    readyReplicas: readCount(status.readyReplicas) ?? 0,
    availableReplicas: readCount(status.availableReplicas) ?? 0,
    currentRevision: readText(status.currentRevision),
    updateRevision: readText(status.updateRevision),
    statusChangedAt: lastManagedAt(raw, 'status'),
  };
}
