import { Condition } from '../objects/Condition';
import { PodObject } from '../objects/PodObject';
import { containerTitle } from './containerTrouble';
import { shorten } from './shorten';

/** How far a pod that is not ready yet has come. */
export interface StartStep {
  code: string;
  message: string;
}

/** The step of its start that a pod without any trouble is at. */
export function startStepOf(
  pod: PodObject,
  ready: Condition | undefined,
): StartStep {
  if (pod.phase === 'Unknown' || ready?.status === 'Unknown') {
    return {
      code: 'NodeLost',
      message: `node ${pod.node ?? ''} no longer reports what the pod does`,
    };
  }
  const gate = pod.conditions.find(
    ({ type, reason }) =>
      type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  if (gate) {
    return {
      code: 'SchedulingGated',
      message: shorten(gate.message ?? 'a scheduling gate holds the pod'),
    };
  }
  if (!pod.node) {
    return { code: 'Pending', message: 'the pod waits for a node' };
  }
  const init = pod.containers.find(
    ({ role, state }) =>
      role === 'init' &&
      !(state?.type === 'terminated' && state.exitCode === 0),
  );
  if (init?.state?.type === 'running') {
    return {
      code: 'PodInitializing',
      message: `${containerTitle(init)} is running, image ${init.image}`,
    };
  }
  const late = pod.containers.find(
    ({ role, ready: passes }) => role !== 'init' && !passes,
  );
  if (!late) {
    return {
      code: 'NotReady',
      message: shorten(
        ready?.message ?? 'the pod waits for its readiness gates',
      ),
    };
  }
  const title = containerTitle(late);
  if (late.state?.type !== 'running') {
    return {
      code: 'ContainerCreating',
      message: `${title} is being created, image ${late.image}`,
    };
  }
  return late.started === false
    ? {
        code: 'StartupProbe',
        message: `${title} runs, but its startup probe has not passed, image ${late.image}`,
      }
    : {
        code: 'NotReady',
        message: `${title} runs, but is not ready, image ${late.image}`,
      };
}
