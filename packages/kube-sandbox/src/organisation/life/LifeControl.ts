import {
  ApiClient,
  ApiError,
  Clock,
  Informer,
  Logger,
  resources,
} from '../../client';
import {
  ConfigMap,
  configMaps,
  dataOf,
  LIFE_CONTROL,
  Pace,
  readPace,
} from './pace';

const RETRY_MS = 2_000;

/**
 * Follows the ConfigMap that pauses life and sets its speed, and creates it where it is missing. A
 * value that makes no sense is said once, and the pace stays as it was.
 */
export class LifeControl {
  static start(options: {
    client: ApiClient;
    clock: Clock;
    logger: Logger;
    initial: Pace;
    onPace: (pace: Pace) => void;
  }): LifeControl {
    const control = new LifeControl(options);
    void control.create();
    return control;
  }

  private readonly informer: Informer<ConfigMap>;
  private pace: Pace;
  private stopped = false;

  private constructor(
    private readonly options: Parameters<typeof LifeControl.start>[0],
  ) {
    const { client, clock, logger, initial } = options;
    this.pace = initial;
    const { namespace, name } = LIFE_CONTROL;
    this.informer = Informer.start({
      client,
      clock,
      logger,
      resource: configMaps,
      query: {
        fieldSelector: `metadata.namespace=${namespace},metadata.name=${name}`,
      },
    });
    const take = (configMap: ConfigMap) => this.take(configMap);
    this.informer.addHandler({ added: take, updated: take });
  }

  stop(): void {
    this.stopped = true;
    this.informer.stop();
  }

  /** Tries until the server is there. */
  private async create(): Promise<void> {
    const { client, clock, initial } = this.options;
    const { namespace, name } = LIFE_CONTROL;
    const missing = (error: unknown) => {
      if (!ApiError.is(error, 409)) throw error;
    };
    while (!this.stopped) {
      try {
        await client
          .create(resources.namespaces, { metadata: { name: namespace } })
          .catch(missing);
        await client
          .create(configMaps, {
            metadata: { namespace, name },
            data: dataOf(initial),
          })
          .catch(missing);
        return;
      } catch {
        await new Promise<void>(resolve => clock.setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private take({ data = {} }: ConfigMap): void {
    const { logger, onPace } = this.options;
    const pace = readPace(data);
    if ('problem' in pace) {
      logger.warn(
        `ConfigMap ${LIFE_CONTROL.namespace}/${LIFE_CONTROL.name}: ${pace.problem}`,
      );
      return;
    }
    const { paused, speed } = this.pace;
    if (pace.paused === paused && pace.speed === speed) {
      return;
    }
    this.pace = pace;
    logger.info(
      pace.paused ? 'life is paused' : `life goes on at speed ${pace.speed}`,
    );
    onPace(pace);
  }
}
