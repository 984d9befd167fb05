import { ClusterConnection } from './ClusterConnection';

/** Names clusters; asked again and again, because clusters come and go. */
export interface ClusterSource {
  /** For the log. */
  readonly name: string;

  /**
   * The clusters there are now.
   *
   * @returns undefined while the source cannot say yet
   */
  clusters(): Promise<readonly ClusterConnection[] | undefined>;

  /** Calls the listener when it is worth asking at once. */
  onChange?(listener: () => void): () => void;
}
