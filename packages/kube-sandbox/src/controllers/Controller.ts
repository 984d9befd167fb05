import {
  ApiClient,
  Clock,
  EventRecorder,
  Informer,
  InformerHandler,
  InformerSet,
  keyOf,
  KubeObject,
  Logger,
  WorkQueue,
} from '../client';

/**
 * What every controller works with.
 *
 * @public
 */
export interface ControllerContext {
  client: ApiClient;
  informers: InformerSet;
  clock: Clock;
  logger: Logger;
  /** How many times faster than real time deadlines and pauses pass. */
  speed: number;
  /** Writes events in the name of a component. */
  recorder(component: string): EventRecorder;
}

/** A controller that runs. @public */
export interface RunningController {
  stop(): void;
}

/**
 * A controller: watches through the shared informers, writes through the client.
 *
 * @public
 */
export interface Controller {
  name: string;
  start(context: ControllerContext): RunningController;
}

/** Starts the workers once every cache they read is complete. */
export function startWhenSynced(
  queue: WorkQueue,
  informers: Informer<never>[] | Informer<any>[],
): RunningController {
  let stopped = false;
  void Promise.all(informers.map(informer => informer.whenSynced())).then(
    () => !stopped && queue.start(),
  );
  return {
    stop() {
      stopped = true;
      queue.stop();
    },
  };
}

/** Queues every object that is added, changed or deleted under its own key. */
export function enqueueItself<T extends KubeObject>(
  queue: WorkQueue,
): InformerHandler<T> {
  const enqueue = (object: T) => queue.add(keyOf(object));
  return { added: enqueue, updated: enqueue, deleted: enqueue };
}
