import {
  ConfigProblem,
  Environment,
} from '@koala-ops/backstage-plugin-koala-common';

/** What the operator configured, as far as it could be understood. */
export interface KoalaConfig {
  /** In promotion order, previews last. */
  environments: readonly Environment[];
  /** `spec.type` of the Components that are services. */
  serviceTypes: ReadonlySet<string>;
  /** File with clusters of one's own, where the Kubernetes plugin is not to be asked. */
  kubeconfig?: string;
  /** Where each target stands in the configuration: `environment/target` to key. */
  targetKeys: ReadonlyMap<string, string>;
  /** Mistakes; what they touch is left out of the environments. */
  problems: readonly ConfigProblem[];
}
