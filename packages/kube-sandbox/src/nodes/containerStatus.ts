import { Container, ContainerState, ContainerStatus } from '../client';
import { imageId, imageReference } from './imageReference';

function mountsOf({ volumeMounts = [] }: Container) {
  return volumeMounts.map(({ name, mountPath, readOnly }) => ({
    name,
    mountPath,
    ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
  }));
}

/** The status of a container as a kubelet of 1.35 on containerd writes it. */
export function containerStatus(options: {
  container: Container;
  image: string;
  /** It runs, or did. */
  hasStarted: boolean;
  containerID: string;
  ready: boolean;
  started: boolean;
  restartCount: number;
  state: ContainerState;
  lastState: ContainerState;
}): ContainerStatus {
  const { container, image, hasStarted, containerID, ...rest } = options;
  const { requests, limits } = container.resources ?? {};
  const mounts = mountsOf(container);
  return {
    name: container.name,
    image: hasStarted ? imageReference(image) : image,
    imageID: hasStarted ? imageId(image) : '',
    ...(hasStarted && { containerID }),
    ...rest,
    ...(requests && { allocatedResources: requests }),
    ...(hasStarted && {
      resources: {
        ...(limits && { limits }),
        ...(requests && { requests }),
      },
      user: { linux: { uid: 0, gid: 0, supplementalGroups: [0] } },
    }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}
