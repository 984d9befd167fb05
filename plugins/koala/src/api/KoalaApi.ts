import { createApiRef } from '@backstage/frontend-plugin-api';
import { CompoundEntityRef } from '@backstage/catalog-model';
import {
  EnvironmentDetail,
  EnvironmentList,
  Matrix,
  MatrixChange,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { LiveMatrix } from '../live/LiveMatrix';

/** @public */
export interface RequestOptions {
  signal?: AbortSignal;
}

/**
 * What a reader of the stream gets told.
 *
 * @public
 */
export interface StreamOptions {
  /** Revision that the caller has; without it the stream starts with a snapshot. */
  revision?: string;
  signal: AbortSignal;
  /** The server has accepted the stream. */
  onOpen: () => void;
  /** Anything arrived, heartbeats included. */
  onBytes: () => void;
  onSnapshot: (matrix: Matrix) => void;
  onChange: (change: MatrixChange) => void;
}

/**
 * Koala's backend as the screens see it. Every request fails with a `ResponseError` of
 * `@backstage/errors` when the backend answers with an error, and with a `TypeError` when it does not answer.
 *
 * @public
 */
export interface KoalaApi {
  getMatrix(options?: RequestOptions): Promise<Matrix>;
  getService(
    ref: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<ServiceDetail>;
  /** All environments that the user may see, with what they add up to. */
  getEnvironments(options?: RequestOptions): Promise<EnvironmentList>;
  /** One environment, with the workloads that no service claims. */
  getEnvironment(
    name: string,
    options?: RequestOptions,
  ): Promise<EnvironmentDetail>;
  /** Resolves when the server ends the stream in order, rejects when it breaks. */
  openStream(options: StreamOptions): Promise<void>;
  /** The matrix, kept current over one stream that all components share. */
  readonly live: LiveMatrix;
}

/** @public */
export const koalaApiRef = createApiRef<KoalaApi>().with({
  id: 'plugin.koala.api',
  pluginId: 'koala',
});
