/** How a bad release fails; the word stands in its tag, which decides what simulated nodes do with it. */
export type Fault = 'missing' | 'crash' | 'never-ready';

/** What somebody does to one workload. */
export type LifeAction =
  /** The version after the one that runs. */
  | { do: 'release'; part: 'minor' | 'patch'; fault?: Fault }
  /** The version that runs well one stage before. */
  | { do: 'promote'; from: Place; fault?: Fault }
  /** Back to the version before the bad release. */
  | { do: 'roll back' }
  | { do: 'scale up' }
  /** Back to as many replicas as before it was scaled up. */
  | { do: 'scale back' }
  /** Runs a CronJob now. */
  | { do: 'run' };

/** A namespace of a cluster, and what its stage is called. */
export interface Place {
  stage: string;
  cluster: string;
  namespace: string;
}

/** One thing that happens in the life of an organisation. */
export interface LifeStep {
  /** Milliseconds of life since it began. */
  at: number;
  place: Place;
  /** Name of the Deployment, or of the CronJob that is run. */
  workload: string;
  action: LifeAction;
}
