import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { projectConditions } from './projectConditions';
import { projectMeta } from './projectMeta';
import { projectRevision } from './projectRevision';
import { projectSelector } from './projectSelector';
import { projectTemplate } from './projectTemplate';
import { RawObject, readCount, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

export function projectReplicaSet(
  raw: RawObject,
  shared: SharedValues,
): ReplicaSetObject {
  const meta = projectMeta({ kind: 'ReplicaSet', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  return {
    kind: 'ReplicaSet',
    meta,
    replicas: readCount(spec.replicas) ?? 1,
    selector: projectSelector(spec.selector, shared),
    template: projectTemplate(spec.template, shared),
    revision: projectRevision(meta),
    observedGeneration: readCount(status.observedGeneration),
    currentReplicas: readCount(status.replicas) ?? 0,
    readyReplicas: readCount(status.readyReplicas) ?? 0,
    availableReplicas: readCount(status.availableReplicas) ?? 0,
    conditions: projectConditions(status.conditions, shared),
  };
}
