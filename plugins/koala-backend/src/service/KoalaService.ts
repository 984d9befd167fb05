import {
  EnvironmentDetail,
  EnvironmentList,
  Matrix,
  MatrixChange,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ClusterStats } from '../inventory/ClusterWatcher';

/** Who asks. */
export interface KoalaServiceRequest {
  credentials: BackstageCredentials;
}

/** A matrix, serialised once for all who see the same. */
export interface SerialisedMatrix {
  revision: string;
  etag: string;
  json: Buffer;
  /** The same, compressed; made when first asked for. */
  gzip(): Promise<Buffer>;
}

/** What a stream sends. */
export type StreamEvent =
  | { type: 'snapshot'; revision: string; data: Matrix }
  | { type: 'change'; revision: string; data: MatrixChange };

/** Where a stream goes. */
export interface StreamSink {
  /** The reader is allowed in; called once, before anything is sent. */
  open(): void;
  send(event: StreamEvent): void;
}

/**
 * Everything that Koala's API can say. Each call is answered with what its reader may see, and rejects
 * with a NotAllowedError where that is nothing.
 */
export interface KoalaService {
  matrix(request: KoalaServiceRequest): Promise<SerialisedMatrix>;
  environments(request: KoalaServiceRequest): Promise<EnvironmentList>;
  /** Rejects with a NotFoundError where there is no such environment, or the reader may not see it. */
  environment(
    request: KoalaServiceRequest & { name: string },
  ): Promise<EnvironmentDetail>;
  clusters(request: KoalaServiceRequest): Promise<{ clusters: ClusterStats[] }>;
  /** Rejects with a NotFoundError where there is no such service, or the reader may not see it. */
  service(
    request: KoalaServiceRequest & { ref: string },
  ): Promise<ServiceDetail>;
  /**
   * Changes after a revision, then every further one, until the signal aborts. Begins with a snapshot
   * where the revision is none of this process, or too old.
   */
  stream(
    request: KoalaServiceRequest & { revision?: string; signal: AbortSignal },
    sink: StreamSink,
  ): Promise<void>;
}
