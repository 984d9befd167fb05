import { Environment } from '../environments/Environment';
import { Cell } from './Cell';
import { ClusterState } from './ClusterState';
import { ServiceSummary } from './ServiceSummary';

/** An environment as the API shows it: without its namespace scopes. @public */
export interface EnvironmentSummary
  extends Pick<Environment, 'name' | 'title' | 'tier' | 'promotesFrom'> {
  targets: { name: string; cluster: string }[];
}

/**
 * A mistake in the configuration, said where it was made.
 *
 * @public
 */
export interface ConfigProblem {
  /** Path of the key: `koala.environments[2].promotesFrom`. */
  key: string;
  message: string;
  /** What to write instead, where it is known. */
  nextStep?: string;
}

/**
 * Answer of `GET /api/koala/matrix`, and of the `snapshot` event of the stream.
 *
 * @public
 */
export interface Matrix {
  /** `<instance>.<n>`: opaque; equality means that nothing changed. */
  revision: string;
  environments: EnvironmentSummary[];
  services: ServiceSummary[];
  cells: Cell[];
  clusters: ClusterState[];
  /** Empty where the configuration is right. */
  problems: ConfigProblem[];
}

/**
 * Data of the `change` event of the stream: what differs from the revision before. Lists hold only
 * what changed; a cell's `targets` hold only the targets that changed and replace those of the same name.
 *
 * @public
 */
export interface MatrixChange {
  revision: string;
  cells?: Cell[];
  services?: ServiceSummary[];
  /** Entity references of services that are gone, with all their cells. */
  removedServices?: string[];
  clusters?: ClusterState[];
  /** Names of clusters that are gone. */
  removedClusters?: string[];
  /** All problems of the configuration, where they are others than before. */
  problems?: ConfigProblem[];
}
