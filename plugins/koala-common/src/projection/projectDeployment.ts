import { DeploymentObject } from '../objects/DeploymentObject';
import { projectConditions } from './projectConditions';
import { projectMeta } from './projectMeta';
import { projectRevision } from './projectRevision';
import { projectSelector } from './projectSelector';
import { projectTemplate } from './projectTemplate';
import { RawObject, readCount, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

export function projectDeployment(
  raw: RawObject,
  shared: SharedValues,
): DeploymentObject {
  const meta = projectMeta({ kind: 'Deployment', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  return {
    kind: 'Deployment',
    meta,
    replicas: readCount(spec.replicas) ?? 1,
    paused: spec.paused === true,
    progressDeadlineSeconds: readCount(spec.progressDeadlineSeconds),
    selector: projectSelector(spec.selector, shared),
    template: projectTemplate(spec.template, shared),
    revision: projectRevision(meta),
    observedGeneration: readCount(status.observedGeneration),
    currentReplicas: readCount(status.replicas) ?? 0,
    updatedReplicas: readCount(status.updatedReplicas) ?? 0,
    readyReplicas: readCount(status.readyReplicas) ?? 0,
    availableReplicas: readCount(status.availableReplicas) ?? 0,
    conditions: projectConditions(status.conditions, shared),
  };
}
