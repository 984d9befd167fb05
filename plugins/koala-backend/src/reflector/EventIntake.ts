import {
  KoalaObject,
  projectObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { KindReplacement, KindWriter } from '../inventory/KindWriter';
import { ProtocolError } from '../transport/ApiError';
import { compareResourceVersions } from './resourceVersion';
import { WatchedResource } from './WatchedResource';
import { WatchEvent } from './WatchEvent';

/** Takes the events of a watch over into the read model; whole objects are never kept. */
export class EventIntake {
  readonly #resource: WatchedResource;
  readonly #writer: KindWriter;
  readonly #intern: (text: string) => string;

  static create(options: EventIntakeOptions): EventIntake {
    return new EventIntake(options);
  }

  private constructor(options: EventIntakeOptions) {
    this.#resource = options.resource;
    this.#writer = options.writer;
    this.#intern = options.intern;
  }

  /** @throws ProjectionError if the object cannot be told from others */
  project(raw: unknown): KoalaObject {
    return projectObject(this.#resource.kind, raw, { intern: this.#intern });
  }

  /**
   * Takes one of the initial events of a streaming list. These come in no order, so their versions prove nothing.
   *
   * @throws ApiError that the server reports; ProjectionError
   */
  collect(replacement: KindReplacement, event: WatchEvent): void {
    switch (event.type) {
      case 'ERROR':
        throw event.error;
      case 'DELETED':
        replacement.remove(this.project(event.object));
        break;
      case 'ADDED':
      case 'MODIFIED':
        replacement.put(this.project(event.object));
        break;
      default:
    }
  }

  /**
   * Takes an event of a watch whose list is complete.
   *
   * @returns the version it leads to
   * @throws ApiError that the server reports; ProtocolError if the version goes back; ProjectionError
   */
  take(event: WatchEvent, after: string): string {
    if (event.type === 'ERROR') {
      throw event.error;
    }
    const { resourceVersion } = event;
    const order = compareResourceVersions(resourceVersion, after);
    if (order !== undefined && order < 0) {
      throw new ProtocolError(
        `a watch went back from resourceVersion ${after} to ${resourceVersion}`,
      );
    }
    if (event.type === 'DELETED') {
      this.#writer.remove(this.project(event.object));
    } else if (event.type !== 'BOOKMARK') {
      this.#writer.put(this.project(event.object));
    }
    return resourceVersion;
  }
}

interface EventIntakeOptions {
  resource: WatchedResource;
  writer: KindWriter;
  /** Shares equal texts between objects. */
  intern: (text: string) => string;
}
