import { ObjectReference } from '../objects/ObjectReference';
import { ServiceIdentity } from '../services/ServiceIdentity';

/**
 * A finding about how a service finds its workloads.
 *
 * @public
 */
export interface MatchingFinding {
  code:
    | 'AmbiguousName'
    | 'ClaimedTwice'
    | 'BadNamespaces'
    | 'BadSelector'
    | 'NamespaceCannotBeDerived'
    | 'NearMiss';
  message: string;
  environment?: string;
  /** Entity reference of the other service that this is about. */
  service?: string;
  /** The workload that this is about. */
  workload?: ObjectReference;
}

/**
 * Which rule decides how a Component finds its workloads; see docs/concepts.md.
 *
 * @public
 */
export type MatchingRule =
  | 'kubernetes-label-selector'
  | 'kubernetes-id'
  | 'name';

/** A service as the matrix shows it. @public */
export interface ServiceSummary
  extends Omit<ServiceIdentity, 'annotations' | 'lifecycle'> {
  matchedBy: MatchingRule;
  /** Absent where there is nothing to say. */
  findings?: MatchingFinding[];
}
