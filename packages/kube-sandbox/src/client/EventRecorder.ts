import { ApiClient } from './ApiClient';
import { ApiError } from './ApiError';
import { Clock, microTimestamp, timestamp } from './Clock';
import { EventCorrelator } from './EventCorrelator';
import { KubeObject } from './objects';
import { Resource, apiVersionOf, resources } from './resources';

/** @public */
export interface RecordedEvent {
  object: KubeObject;
  resource: Resource;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** Part of the object: `spec.containers{cart}`. */
  fieldPath?: string;
  /** What was done or tried, such as `Binding`: makes it an event of the newer API, which has series. */
  action?: string;
}

interface Known {
  namespace: string;
  name: string;
  count: number;
  /** When it was said last. */
  at: number;
  /** When that was written last. */
  writtenAt: number;
}

/** Events expire on the server after an hour; this many are remembered to be counted on. */
const REMEMBERED = 2_000;

/** In the newer API the same thing said again within this time is a series. */
const SERIES_MS = 6 * 60_000;

/** How often a series that goes on is written. */
const SERIES_WRITTEN_MS = 30 * 60_000;

/**
 * Writes events as Kubernetes' own components do: the same thing said again of the same object counts
 * up instead of adding an event. Events are best effort: one that cannot be written is dropped.
 *
 * @public
 */
export class EventRecorder {
  private readonly known = new Map<string, Known>();
  private readonly correlator = new EventCorrelator();
  /** One write at a time, so that two equal events cannot both find the series missing. */
  private last: Promise<void> = Promise.resolve();
  private sequence = 0;

  constructor(
    private readonly options: {
      client: ApiClient;
      clock: Clock;
      /** `deployment-controller`, `kubelet` … */
      component: string;
      /** Node of the component, where it has one. */
      host?: string;
    },
  ) {}

  record(event: RecordedEvent): void {
    const at = this.options.clock.now();
    const write = () =>
      event.action === undefined
        ? this.writeCounted(event, at)
        : this.writeSeries(event, at);
    this.last = this.last.then(write).catch(() => {});
  }

  private async writeCounted(event: RecordedEvent, at: number): Promise<void> {
    const { uid } = event.object.metadata;
    const correlated = this.correlator.correlate({ ...event, uid }, at);
    if (!correlated) {
      return;
    }
    const { key, message } = correlated;
    const known = this.known.get(key);
    const isCounted =
      known &&
      (await this.patch(known, {
        count: known.count + 1,
        lastTimestamp: timestamp(at),
        ...(message !== event.message && { message }),
      }));
    if (isCounted) {
      known.count += 1;
      return;
    }
    await this.create(event, at, key, {
      message,
      source: { component: this.options.component, host: this.options.host },
      reportingInstance: this.options.host ?? '',
      firstTimestamp: timestamp(at),
      lastTimestamp: timestamp(at),
      count: 1,
    });
  }

  private async writeSeries(event: RecordedEvent, at: number): Promise<void> {
    const { type, action, reason, object, message } = event;
    const { component, host = 'koala-sandbox' } = this.options;
    const key = [object.metadata.uid, type, action, reason].join('\n');
    const known = this.known.get(key);
    if (known && at - known.at < SERIES_MS) {
      known.count += 1;
      known.at = at;
      const isDue =
        known.count === 2 || at - known.writtenAt >= SERIES_WRITTEN_MS;
      const series = {
        count: known.count,
        lastObservedTime: microTimestamp(at),
      };
      if (!isDue || (await this.patch(known, { series }))) {
        known.writtenAt = isDue ? at : known.writtenAt;
        return;
      }
    }
    await this.create(event, at, key, {
      message,
      action,
      eventTime: microTimestamp(at),
      reportingInstance: `${component}-${host}`,
    });
  }

  /** False where the event has expired meanwhile. */
  private async patch(known: Known, content: object): Promise<boolean> {
    try {
      await this.options.client.patch(resources.events, known, content);
      return true;
    } catch (error) {
      if (ApiError.is(error, 404)) {
        return false;
      }
      throw error;
    }
  }

  private async create(
    event: RecordedEvent,
    at: number,
    key: string,
    content: object,
  ): Promise<void> {
    const { client, component } = this.options;
    const { object, resource, type, reason, fieldPath } = event;
    const { name = '', uid, resourceVersion } = object.metadata;
    const namespace = object.metadata.namespace || 'default';
    this.sequence += 1;
    // Nanoseconds, of which a clock of milliseconds leaves room for a number.
    const suffix = (
      BigInt(Math.round(at)) * 1_000_000n +
      BigInt(this.sequence % 1_000_000)
    ).toString(16);
    const { metadata } = await client.create<KubeObject>(resources.events, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: `${name}.${suffix}` },
      involvedObject: {
        apiVersion: apiVersionOf(resource),
        kind: resource.kind,
        namespace: object.metadata.namespace,
        name,
        uid,
        resourceVersion,
        fieldPath,
      },
      type,
      reason,
      reportingComponent: component,
      ...content,
    } as KubeObject);
    this.known.delete(key);
    this.known.set(key, {
      namespace,
      name: metadata.name ?? '',
      count: 1,
      at,
      writtenAt: at,
    });
    if (this.known.size > REMEMBERED) {
      const [oldest] = this.known.keys();
      this.known.delete(oldest);
    }
  }
}
