import { Condition, Pod } from '../client';
import { SimulatedContainer } from './SimulatedContainer';

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

const TRUE: Verdict = { status: 'True' };

function no(reason: string, message?: string): Verdict {
  return { status: 'False', reason, ...(message && { message }) };
}

function names(containers: SimulatedContainer[]): string {
  return `[${containers.map(({ name }) => name).join(' ')}]`;
}

/** What the kubelet's conditions say, in its words. */
export function podConditions(options: {
  pod: Pod;
  phase: string;
  hasNetwork: boolean;
  /** Init containers and sidecars, in order. */
  init: SimulatedContainer[];
  main: SimulatedContainer[];
  now: number;
}): Record<string, Verdict> {
  const { pod, phase, hasNetwork, init, main, now } = options;
  const isTerminal = phase === 'Succeeded' || phase === 'Failed';
  const unready = [
    ...init.filter(({ kind }) => kind === 'sidecar'),
    ...main,
  ].filter(container => !container.isReady(now));
  const incomplete = init.filter(container =>
    container.kind === 'sidecar'
      ? !container.isRunning
      : !container.hasSucceeded,
  );

  let containersReady = TRUE;
  if (isTerminal) {
    containersReady = no(phase === 'Failed' ? 'PodFailed' : 'PodCompleted');
  } else if (unready.length > 0) {
    containersReady = no(
      'ContainersNotReady',
      `containers with unready status: ${names(unready)}`,
    );
  }

  let initialized = TRUE;
  if (phase === 'Succeeded') {
    initialized = { status: 'True', reason: 'PodCompleted' };
  } else if (
    incomplete.length > 0 &&
    !main.some(container => container.hasStarted)
  ) {
    initialized = no(
      'ContainersNotInitialized',
      `containers with incomplete status: ${names(incomplete)}`,
    );
  }

  return {
    PodReadyToStartContainers: {
      status: hasNetwork && !isTerminal ? 'True' : 'False',
    },
    Initialized: initialized,
    Ready:
      containersReady.status === 'True' ? gateVerdict(pod) : containersReady,
    ContainersReady: containersReady,
    PodScheduled: TRUE,
  };
}

/** Readiness gates are conditions that somebody else sets. */
function gateVerdict(pod: Pod): Verdict {
  const messages = (pod.spec.readinessGates ?? []).flatMap(
    ({ conditionType }) => {
      const condition = pod.status?.conditions?.find(
        ({ type }) => type === conditionType,
      );
      if (!condition) {
        return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
      }
      return condition.status === 'True'
        ? []
        : `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`;
    },
  );
  return messages.length > 0
    ? no('ReadinessGatesNotReady', messages.join(', '))
    : TRUE;
}
