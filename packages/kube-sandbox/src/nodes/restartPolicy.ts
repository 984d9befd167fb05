import { Container } from '../client';

/** How a container counts in its pod. */
export type ContainerKind = 'init' | 'sidecar' | 'main';

export function kindOf(
  container: Container,
  list: 'initContainers' | 'containers',
): ContainerKind {
  if (list === 'containers') {
    return 'main';
  }
  return container.restartPolicy === 'Always' ? 'sidecar' : 'init';
}

/** The first rule for the exit code, then the container's own policy, then the pod's. */
export function isRestarted(options: {
  container: Container;
  kind: ContainerKind;
  podRestartPolicy: string;
  exitCode: number;
}): boolean {
  const { container, kind, podRestartPolicy, exitCode } = options;
  const rule = container.restartPolicyRules?.find(
    ({ exitCodes }) =>
      exitCodes &&
      (exitCodes.operator === 'In') === exitCodes.values.includes(exitCode),
  );
  if (rule?.action === 'Restart') {
    return true;
  }
  const policy = container.restartPolicy ?? podRestartPolicy;
  if (policy === 'Never') {
    return false;
  }
  // An init container that succeeded has done its work.
  const isDone = policy === 'OnFailure' || kind === 'init';
  return isDone ? exitCode !== 0 : true;
}
