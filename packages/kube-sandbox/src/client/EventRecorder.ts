import { ApiClient } from './ApiClient';
import { ApiError } from './ApiError';
import { Clock, timestamp } from './Clock';
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
}

interface Known {
  namespace: string;
  name: string;
  count: number;
}

/** Events expire on the server after an hour; this many series are remembered to be counted on. */
const REMEMBERED = 2_000;

/**
 * Writes events as Kubernetes' own components do: the same thing said again of the same object counts
 * up instead of adding an event. Events are best effort: one that cannot be written is dropped.
 *
 * @public
 */
export class EventRecorder {
  private readonly known = new Map<string, Known>();
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
    this.last = this.last.then(() => this.write(event, at)).catch(() => {});
  }

  private async write(event: RecordedEvent, at: number): Promise<void> {
    const key = [
      event.object.metadata.uid,
      event.fieldPath,
      event.type,
      event.reason,
      event.message,
    ].join('\n');
    const known = this.known.get(key);
    if (known && (await this.countUp(known, at))) {
      return;
    }
    const created = await this.create(event, at);
    this.known.set(key, {
      namespace: created.metadata.namespace ?? 'default',
      name: created.metadata.name ?? '',
      count: 1,
    });
    if (this.known.size > REMEMBERED) {
      const [oldest] = this.known.keys();
      this.known.delete(oldest);
    }
  }

  private async countUp(known: Known, at: number): Promise<boolean> {
    const { client } = this.options;
    try {
      await client.patch(resources.events, known, {
        count: known.count + 1,
        lastTimestamp: timestamp(at),
      });
      known.count += 1;
      return true;
    } catch (error) {
      if (ApiError.is(error, 404)) {
        return false;
      }
      throw error;
    }
  }

  private create(event: RecordedEvent, at: number): Promise<KubeObject> {
    const { client, component, host } = this.options;
    const { object, resource, type, reason, message, fieldPath } = event;
    const { name = '', uid, resourceVersion } = object.metadata;
    const namespace = object.metadata.namespace || 'default';
    this.sequence += 1;
    const suffix = (at * 4096 + (this.sequence % 4096)).toString(16);
    return client.create<KubeObject>(resources.events, {
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
      message,
      source: { component, host },
      reportingComponent: component,
      reportingInstance: host ?? '',
      firstTimestamp: timestamp(at),
      lastTimestamp: timestamp(at),
      count: 1,
    } as KubeObject);
  }
}
