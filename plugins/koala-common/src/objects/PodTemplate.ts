/**
 * What a container is for inside its pod. A native sidecar is an init container with
 * `restartPolicy: Always`.
 *
 * @public
 */
export type ContainerRole = 'main' | 'sidecar' | 'init';

/** @public */
export interface ContainerTemplate {
  name: string;
  image: string;
  role: ContainerRole;
}

/**
 * The part of a pod template that Koala keeps.
 *
 * @public
 */
export interface PodTemplate {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  containers: readonly ContainerTemplate[];
}
