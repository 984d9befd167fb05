import { PodContainer, PodObject } from '../objects/PodObject';
import { containersByRole, RoledContainer } from './containerRoles';
import { claimsOf } from './projectClaims';
import { projectConditions } from './projectConditions';
import { projectContainerState } from './projectContainerState';
import { projectMeta } from './projectMeta';
import {
  RawObject,
  readCount,
  readList,
  readMessage,
  readObject,
  readText,
  readTime,
} from './rawFields';
import { SharedValues } from './SharedValues';

/**
 * A condition that is as it should be says nothing, and there are four of them in each of 10,000 pods:
 * only `Ready` is kept in any state, for its time.
 */
function tellsSomething(condition: RawObject): boolean {
  if (condition.type === 'Ready') {
    return true;
  }
  return condition.type === 'DisruptionTarget'
    ? condition.status === 'True'
    : condition.status !== 'True';
}

function projectContainer(options: {
  container: RoledContainer;
  statuses: readonly RawObject[];
  shared: SharedValues;
}): PodContainer {
  const { container, statuses, shared } = options;
  const status = statuses.find(item => item.name === container.name);
  return {
    name: shared.text(container.name),
    role: container.role,
    image: shared.text(container.image),
    imageId: shared.optionalText(readText(status?.imageID)),
    ready: status?.ready === true,
    started: typeof status?.started === 'boolean' ? status.started : undefined,
    restarts: readCount(status?.restartCount) ?? 0,
    state: projectContainerState(status?.state, shared),
    lastState: projectContainerState(status?.lastState, shared),
  };
}

export function projectPod(raw: RawObject, shared: SharedValues): PodObject {
  const meta = projectMeta({ kind: 'Pod', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const statuses = [
    ...readList(status.containerStatuses),
    ...readList(status.initContainerStatuses),
  ];
  return {
    kind: 'Pod',
    meta,
    phase: shared.text(readText(status.phase) ?? 'Pending'),
    reason: shared.optionalText(readText(status.reason)),
    message: readMessage(status.message),
    node: shared.optionalText(readText(spec.nodeName)),
    startedAt: readTime(status.startTime),
    restartPolicy: shared.text(readText(spec.restartPolicy) ?? 'Always'),
    containers: containersByRole(spec, meta.annotations).map(container =>
      projectContainer({ container, statuses, shared }),
    ),
    claims: claimsOf(spec, shared, meta.name),
    conditions: projectConditions(status.conditions, shared, tellsSomething),
  };
}
