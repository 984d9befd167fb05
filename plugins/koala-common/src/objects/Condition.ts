/**
 * A condition of an object's status; times in milliseconds since the epoch.
 *
 * @public
 */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  transitionedAt?: number;
  updatedAt?: number;
}
