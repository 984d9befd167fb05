import {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
} from '../../client';

/** One run of one container, from its start to its end: all that its log is made of. */
export interface LogRun {
  /** Of the container as its runtime knows it; no other run has it. */
  id: string;
  namespace: string;
  pod: string;
  uid: string;
  container: string;
  image: string;
  /** It is meant to end by itself: an init container, or a pod that is not always restarted. */
  isTask: boolean;
  /** Milliseconds since the epoch, in whole seconds, as the pod's status says it. */
  startedAt: number;
  /** How it ended; undefined while it runs. */
  end?: { at: number; exitCode: number; reason: string };
  /** Pauses between lines are this many times shorter. */
  speed: number;
}

/** There is no log, for a reason that the kubelet gives in these words. */
export class NoLogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoLogError';
  }
}

type Terminated = NonNullable<ContainerState['terminated']>;

function waitingMessage(reason: string): string {
  switch (reason) {
    case 'ErrImagePull':
      return "image can't be pulled";
    case 'ImagePullBackOff':
      return 'trying and failing to pull image';
    default:
      return reason;
  }
}

/** The times and the id of the run that is asked for; throws the kubelet's words where there is none. */
function timesOf(options: {
  pod: string;
  container: string;
  status: ContainerStatus | undefined;
  previous: boolean;
}): Pick<LogRun, 'id' | 'startedAt' | 'end'> {
  const { pod, container, status, previous } = options;
  const subject = `container "${container}" in pod "${pod}"`;
  if (!status) {
    throw new NoLogError(`${subject} is not available`);
  }
  const { waiting, running, terminated } = status.state ?? {};
  const last = status.lastState?.terminated;
  const ended = ({
    startedAt,
    finishedAt,
    exitCode,
    reason = '',
    containerID = '',
  }: Terminated) => {
    const at = Date.parse(finishedAt ?? '') || 0;
    return {
      id: containerID,
      startedAt: Date.parse(startedAt ?? '') || at,
      end: { at, exitCode, reason },
    };
  };
  if (previous) {
    if (!last?.containerID) {
      throw new NoLogError(`previous terminated ${subject} not found`);
    }
    return ended(last);
  }
  if (running) {
    return {
      id: status.containerID ?? '',
      startedAt: Date.parse(running.startedAt),
    };
  }
  const over = terminated?.containerID ? terminated : last;
  if (over) {
    return ended(over);
  }
  throw new NoLogError(
    waiting
      ? `${subject} is waiting to start: ${waitingMessage(
          waiting.reason ?? '',
        )}`
      : `${subject} is waiting to start - no logs yet`,
  );
}

/** The container of that name, whatever kind it is. */
export function containerNamed(
  { spec }: Pod,
  name: string,
): { container: Container; isInit: boolean } | undefined {
  const init = spec.initContainers?.find(it => it.name === name);
  const container = init ?? spec.containers.find(it => it.name === name);
  return (
    container && {
      container,
      isInit: init !== undefined && init.restartPolicy !== 'Always',
    }
  );
}

/**
 * The run whose log is asked for: the one that runs, else the last one, with `previous` the one before.
 *
 * @throws NoLogError in the kubelet's words, where there is none.
 */
export function logRunOf(options: {
  pod: Pod;
  status: PodStatus;
  container: string;
  previous: boolean;
  speed: number;
}): LogRun {
  const { pod, status, container: name, previous, speed } = options;
  const { namespace = '', name: podName = '', uid = '' } = pod.metadata;
  const found = containerNamed(pod, name);
  const times = timesOf({
    pod: podName,
    container: name,
    status: [
      ...(status.containerStatuses ?? []),
      ...(status.initContainerStatuses ?? []),
    ].find(it => it.name === name),
    previous,
  });
  const { restartPolicy = 'Always' } = pod.spec;
  const isSidecar = found?.container.restartPolicy === 'Always';
  return {
    namespace,
    pod: podName,
    uid,
    container: name,
    image: found?.container.image ?? '',
    isTask:
      found?.isInit === true || (restartPolicy !== 'Always' && !isSidecar),
    speed,
    ...times,
  };
}

/** The same run as its pod tells of it now; undefined where the pod has forgotten it. */
export function continuedRun(
  run: LogRun,
  now: { pod: Pod; status: PodStatus } | undefined,
): LogRun | undefined {
  for (const previous of [false, true]) {
    try {
      const found =
        now &&
        logRunOf({
          ...now,
          container: run.container,
          speed: run.speed,
          previous,
        });
      if (found?.id === run.id) {
        // The image may have been changed since.
        return { ...found, image: run.image };
      }
    } catch (error) {
      if (!(error instanceof NoLogError)) {
        throw error;
      }
    }
  }
  return undefined;
}
