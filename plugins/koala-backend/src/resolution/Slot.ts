import {
  Environment,
  LabelSelector,
  MatchingRule,
  ServiceIdentity,
  Target,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';

/** How a service finds its workloads, worked out once per service. */
export interface SlotMatching {
  rule: MatchingRule;
  selector?: LabelSelector;
  /** Value that labels or names are compared with; absent where a selector decides. */
  id?: string;
}

/** A workload that a slot shows. */
export interface Claim {
  namespace: string;
  name: string;
  uid: string;
}

/** One service in one target of one environment: the unit that is resolved, and that permissions guard. */
export interface Slot {
  readonly service: ServiceIdentity;
  readonly environment: Environment;
  readonly target: Target;
  /** Namespaces to look into; empty where annotations exclude this target. */
  namespaces: readonly string[];
  /** The placeholder that the namespace template could not fill. */
  missing?: string;
  claims: readonly Claim[];
  state: TargetState;
  /** The last state that was not unknown: shown, with its age, when the cluster is lost. */
  known?: TargetState;
  /** When to resolve again although nothing changed; ms since the epoch. */
  recheckAt?: number;
}
