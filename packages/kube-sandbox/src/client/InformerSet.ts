import { ApiClient } from './ApiClient';
import { Clock } from './Clock';
import { Informer } from './Informer';
import { Logger } from './Logger';
import { KubeObject } from './objects';
import { Resource, apiVersionOf } from './resources';

/**
 * One informer per resource, shared by every controller that asks for it.
 *
 * @public
 */
export class InformerSet {
  private readonly informers = new Map<string, Informer<KubeObject>>();

  constructor(
    private readonly options: {
      client: ApiClient;
      clock: Clock;
      logger: Logger;
    },
  ) {}

  get<T extends KubeObject>(resource: Resource<T>): Informer<T> {
    const key = `${apiVersionOf(resource)}/${resource.plural}`;
    let informer = this.informers.get(key);
    if (!informer) {
      informer = Informer.start<KubeObject>({ ...this.options, resource });
      this.informers.set(key, informer);
    }
    return informer as unknown as Informer<T>;
  }

  async whenSynced(): Promise<void> {
    await Promise.all(
      [...this.informers.values()].map(informer => informer.whenSynced()),
    );
  }

  stop(): void {
    this.informers.forEach(informer => informer.stop());
  }
}
