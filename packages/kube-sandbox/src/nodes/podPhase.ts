import { SimulatedContainer } from './SimulatedContainer';

/** The phase that the kubelet makes of a pod's containers. */
export function podPhase(options: {
  /** Init containers and sidecars, in order. */
  init: SimulatedContainer[];
  main: SimulatedContainer[];
  /** It was told to end, so nothing will be started again. */
  isEnding: boolean;
  /** It ends because its node wants it to, whatever its containers say. */
  isEvicted: boolean;
  /** Its main containers have run. */
  wasInitialized: boolean;
  now: number;
}): 'Pending' | 'Running' | 'Succeeded' | 'Failed' {
  const { init, main, isEnding, isEvicted, wasInitialized, now } = options;
  const ending = init.filter(({ kind }) => kind === 'init');
  const sidecars = init.filter(({ kind }) => kind === 'sidecar');
  const isStill = ![...init, ...main].some(({ isRunning }) => isRunning);
  if (isEvicted && isStill) {
    return 'Failed';
  }
  const failedInit = ending.some(
    container => container.isFinished && !container.hasSucceeded,
  );
  // A phase is final only once nothing runs any more.
  if (failedInit && !isEnding) {
    return isStill ? 'Failed' : 'Pending';
  }
  if (isEnding && isStill) {
    return main.every(({ hasSucceeded }) => hasSucceeded) &&
      ending.every(({ hasSucceeded }) => hasSucceeded)
      ? 'Succeeded'
      : 'Failed';
  }
  const isInitialized =
    ending.every(({ hasSucceeded }) => hasSucceeded) &&
    (wasInitialized || sidecars.every(sidecar => sidecar.isStarted(now)));
  if (!isInitialized || main.some(({ hasStarted }) => !hasStarted)) {
    return 'Pending';
  }
  if (isStill && main.every(({ isFinished }) => isFinished)) {
    return main.every(({ hasSucceeded }) => hasSucceeded)
      ? 'Succeeded'
      : 'Failed';
  }
  return 'Running';
}
