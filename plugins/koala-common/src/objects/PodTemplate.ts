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
 * A ConfigMap or a Secret that a pod template refers to.
 *
 * @public
 */
export interface ConfigReference {
  kind: 'ConfigMap' | 'Secret';
  name: string;
  /** Keys that are referred to by name; empty where the whole of it is taken. */
  keys: readonly string[];
  /** How its containers get it. */
  uses: readonly ConfigUse[];
  /** The pod starts without it too. */
  optional: boolean;
}

/** @public */
export type ConfigUse = 'env' | 'envFrom' | 'volume' | 'imagePull';

/**
 * The part of a pod template that Koala keeps.
 *
 * @public
 */
export interface PodTemplate {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  containers: readonly ContainerTemplate[];
  /** Names of the PersistentVolumeClaims that it mounts. */
  claims: readonly string[];
  configs: readonly ConfigReference[];
}
