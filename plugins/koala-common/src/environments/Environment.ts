import { LabelSelector } from '../objects/LabelSelector';

/**
 * Which namespaces of a cluster belong to a target. A template has placeholders in braces: `{system}`,
 * `{component}`, `{owner}`, `{project}`, `{environment}`.
 *
 * @public
 */
export type NamespaceScope =
  | { type: 'names'; names: readonly string[] }
  | { type: 'template'; template: string }
  | { type: 'selector'; selector: LabelSelector };

/**
 * A place inside a cluster where an environment's services run.
 *
 * @public
 */
export interface Target {
  /** Unique inside its environment; the cluster's name where the configuration gives none. */
  name: string;
  cluster: string;
  namespaces: NamespaceScope;
}

/** @public */
export interface Environment {
  /** Unique; lower case, as a Kubernetes name. */
  name: string;
  title: string;
  /** Free text of the operator: `development`, `staging`, `production`, `preview`. */
  tier?: string;
  /** Name of the environment that releases come from. */
  promotesFrom?: string;
  targets: readonly Target[];
}
