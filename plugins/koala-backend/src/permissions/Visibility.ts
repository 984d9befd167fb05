import { KoalaPlace, KoalaServiceResource } from './koalaServiceResource';

/** What one reader may see, decided once and good for seconds. */
export interface Visibility {
  /** Readers with the same key see the same: answers are shared by it. */
  readonly key: string;
  /** May the reader see this service in this target? */
  sees(resource: KoalaServiceResource): boolean;
  /** Could there be a service in this place that the reader may see? */
  mayHold(place: KoalaPlace): boolean;
  /** May the reader see what runs in this place, whoever owns it? Then also what nobody owns. */
  seesAll(place: KoalaPlace): boolean;
}
