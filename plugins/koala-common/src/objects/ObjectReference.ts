/**
 * Names one Kubernetes object inside one cluster.
 *
 * @public
 */
export interface ObjectReference {
  kind: string;
  name: string;
  /** Absent for objects that have no namespace. */
  namespace?: string;
}
