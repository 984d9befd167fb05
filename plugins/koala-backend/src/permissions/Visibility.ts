import { KoalaServiceResource } from './koalaServiceResource';

/** What one reader may see, decided once and good for seconds. */
export interface Visibility {
  /** Readers with the same key see the same: answers are shared by it. */
  readonly key: string;
  /** May the reader see this service in this target? */
  sees(resource: KoalaServiceResource): boolean;
}
