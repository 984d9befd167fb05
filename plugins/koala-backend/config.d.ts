export interface Config {
  /** Koala: which service runs where, in which version, and whether it is healthy. */
  koala?: {
    /**
     * The places where services run, such as dev, staging and prod. Their order on screen follows the
     * promotion: each one stands behind the one it is promoted from.
     */
    environments?: Array<{
      /** Unique name: lower case letters, digits and hyphens. */
      name: string;
      /** Name for people; the name where it is absent. */
      title?: string;
      /**
       * Kind of environment, in your own words: `development`, `staging`, `production`. `preview` is shown
       * apart from the others.
       */
      tier?: string;
      /** Name of the environment that releases come from. */
      promotesFrom?: string;
      /** Where in the clusters the environment lives; several where it spans regions. */
      targets: Array<{
        /** Name of a cluster, as the Kubernetes plugin knows it. */
        cluster: string;
        /** Name of the target inside its environment, such as a region; the cluster's where it is absent. */
        name?: string;
        /**
         * Namespaces: a list of names; or `template` with the placeholders {system}, {component}, {owner},
         * {project} and {environment}; or `selector`, a label selector on namespaces.
         */
        namespaces: string[] | { template: string } | { selector: string };
      }>;
    }>;
    /** Which Components are services. */
    services?: {
      /** Values of `spec.type`; service, website, worker and job where it is absent. */
      types?: string[];
    };
    /**
     * Path of a kubeconfig file whose contexts are the clusters. For trying Koala on one's own clusters;
     * a portal takes its clusters from the Kubernetes plugin.
     */
    kubeconfig?: string;
  };
}
