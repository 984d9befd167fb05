/**
 * The part of a catalog Component that matching needs. References are full entity references in lower
 * case (`component:default/cart`).
 *
 * @public
 */
export interface ServiceIdentity {
  ref: string;
  namespace: string;
  name: string;
  title?: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  /** `org/repo` slug's organisation, where an SCM annotation names one. */
  project?: string;
  /** The annotations that Koala reads. */
  annotations: Readonly<Record<string, string>>;
}
