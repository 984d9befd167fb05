import { DaemonSetObject } from '../objects/DaemonSetObject';
import { lastManagedAt } from './lastManagedAt';
import { projectMeta } from './projectMeta';
import { projectTemplate } from './projectTemplate';
import { RawObject, readCount, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

export function projectDaemonSet(
  raw: RawObject,
  shared: SharedValues,
): DaemonSetObject {
  const meta = projectMeta({ kind: 'DaemonSet', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const strategy = readText(readObject(spec.updateStrategy).type);
  return {
    kind: 'DaemonSet',
    meta,
    strategy: shared.text(strategy ?? 'RollingUpdate'),
    template: projectTemplate(spec.template, shared),
    observedGeneration: readCount(status.observedGeneration),
    desiredReplicas: readCount(status.desiredNumberScheduled) ?? 0,
    currentReplicas: readCount(status.currentNumberScheduled) ?? 0,
    updatedReplicas: readCount(status.updatedNumberScheduled) ?? 0,
    readyReplicas: readCount(status.numberReady) ?? 0,
    availableReplicas: readCount(status.numberAvailable) ?? 0,
    statusChangedAt: lastManagedAt(raw, 'status'),
  };
}
