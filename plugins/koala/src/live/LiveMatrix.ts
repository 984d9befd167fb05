import { Cell, Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { LiveConnection } from './LiveConnection';

/**
 * What the screens show; another object whenever something in it changed.
 *
 * @public
 */
export interface LiveSnapshot {
  connection: LiveConnection;
  matrix?: Matrix;
  /** Why the backend could not be read last; gone once it answers. */
  error?: Error;
}

/**
 * The matrix, kept current for as long as somebody subscribes.
 *
 * @public
 */
export interface LiveMatrix {
  getSnapshot(): LiveSnapshot;
  /** When the backend was heard last, heartbeats included; ms since the epoch. */
  getHeardAt(): number | undefined;
  /** Hears of every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  getCell(service: string, environment: string): Cell | undefined;
  /** Hears of one cell only. Does not open the connection. */
  subscribeCell(
    service: string,
    environment: string,
    listener: () => void,
  ): () => void;
  /** Changes whenever anything about this service changed; undefined before it was seen. */
  getServiceRevision(service: string): string | undefined;
  /** Tries to connect at once, whatever pause is running. */
  retry(): void;
}
