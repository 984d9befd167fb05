import {
  Environment,
  LabelSelector,
  MatchingRule,
  PastVersion,
  Reason,
  ServiceIdentity,
  Target,
  TargetState,
  WorkloadKind,
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
  kind: WorkloadKind;
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
  /** They are found by their labels. */
  byLabel?: boolean;
  /** The placeholder that the namespace template could not fill. */
  missing?: string;
  claims: readonly Claim[];
  state: TargetState;
  /** The last state that was not unknown: shown, with its age, when the cluster is lost. */
  known?: TargetState;
  /** The Jobs that it showed have run and are gone; until something takes their place. */
  gone?: Reason;
  /** What ran here, the newest first; kept only where other environments are promoted from this one. */
  history?: readonly PastVersion[];
  /** Equal as long as nothing is different for the environments that are promoted from this one. */
  upstreamKey?: string;
  /** When to resolve again although nothing changed; ms since the epoch. */
  recheckAt?: number;
}
