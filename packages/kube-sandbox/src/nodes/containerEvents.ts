import { fraction, invalidNameError, pullError } from './imageReference';

/** Something a kubelet writes as an event of a pod. */
export interface PodEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** `spec.containers{cart}` */
  fieldPath?: string;
}

/** Names a pod in the kubelet's messages. */
export interface PodIdentity {
  name: string;
  namespace: string;
  uid: string;
}

/** `cart-1_shop(6c1…)`: how the kubelet writes a pod into messages. */
export function describePod({ name, namespace, uid }: PodIdentity): string {
  return `${name}_${namespace}(${uid})`;
}

/** What is said of a container, before it is known which. */
export type ContainerEvent = Omit<PodEvent, 'fieldPath'>;

type Event = ContainerEvent;

function normal(reason: string, message: string): Event {
  return { type: 'Normal', reason, message };
}

function warning(reason: string, message: string): Event {
  return { type: 'Warning', reason, message };
}

/** The words of the kubelet (1.35) for what happens to one container. */
export const containerEvents = {
  invalidName: (image: string) => [
    warning('InspectFailed', invalidNameError(image)),
    warning('Failed', 'Error: InvalidImageName'),
  ],
  pulling: (image: string) => [normal('Pulling', `Pulling image "${image}"`)],
  pulled: (image: string, ms: number) => {
    const bytes = 20_000_000 + Math.round(60_000_000 * fraction(image));
    return [
      normal(
        'Pulled',
        `Successfully pulled image "${image}" in ${ms}ms (${ms}ms including waiting). Image size: ${bytes} bytes.`,
      ),
    ];
  },
  present: (image: string) => [
    normal(
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
    ),
  ],
  pullFailed: (image: string) => [
    warning('Failed', `Failed to pull image "${image}": ${pullError(image)}`),
    warning('Failed', 'Error: ErrImagePull'),
  ],
  pullBackoff: (image: string) => [
    normal('BackOff', `Back-off pulling image "${image}"`),
    warning('Failed', 'Error: ImagePullBackOff'),
  ],
  started: () => [
    normal('Created', 'Container created'),
    normal('Started', 'Container started'),
  ],
  neverPulled: (image: string) => [
    warning(
      'ErrImageNeverPull',
      `Container image "${image}" is not present with pull policy of Never`,
    ),
    warning('Failed', 'Error: ErrImageNeverPull'),
  ],
  badConfig: (message: string) => [warning('Failed', `Error: ${message}`)],
  unhealthy: (message: string) => [warning('Unhealthy', message)],
  probeKill: (container: string, probe: string) => [
    normal(
      'Killing',
      `Container ${container} failed ${probe.toLowerCase()} probe, will be restarted`,
    ),
  ],
  crashBackoff: (container: string, pod: PodIdentity) => [
    warning(
      'BackOff',
      `Back-off restarting failed container ${container} in pod ${describePod(
        pod,
      )}`,
    ),
  ],
  replaced: (container: string) => [
    normal(
      'Killing',
      `Container ${container} definition changed, will be restarted`,
    ),
  ],
  stopping: (container: string) => [
    normal('Killing', `Stopping container ${container}`),
  ],
};
