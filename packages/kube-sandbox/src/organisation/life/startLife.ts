import {
  ApiClient,
  ApiConnection,
  Clock,
  Logger,
  TimerHandle,
  silentLogger,
  systemClock,
} from '../../client';
import { LifeControl } from './LifeControl';
import { LifeScript } from './LifeScript';
import { LifeStep } from './LifeStep';
import { LifeTime } from './LifeTime';
import { Pace } from './pace';
import { Pipeline } from './Pipeline';
import { planLife } from './planLife';
import { LIFE_MANAGER } from './touched';

/** @public */
export interface StartLifeOptions {
  script: LifeScript;
  /** The organisation's clusters by name; the first one has the ConfigMap that controls life. */
  clusters: readonly { name: string; connection: ApiConnection }[];
  /** How many times faster it passes at first; default 1. */
  speed?: number;
  /** Default: says nothing. */
  logger?: Logger;
  clock?: Clock;
}

/** @public */
export interface RunningLife {
  stop(): Promise<void>;
}

/** Planned ahead of time, in milliseconds of life. */
const HORIZON_MS = 60_000;

/**
 * Lets an organisation live: releases that pass from stage to stage, one now and then that fails and is
 * rolled back, a scale, a run of a CronJob. It changes clusters over their API only, waits for servers
 * that are away, and goes around what people have changed.
 *
 * A ConfigMap in the first cluster pauses it and sets its speed ({@link LIFE_CONTROL}).
 *
 * @public
 */
export function startLife(options: StartLifeOptions): RunningLife {
  const {
    script,
    clusters,
    speed = 1,
    logger = silentLogger,
    clock = systemClock,
  } = options;
  checkClusters(script, clusters);
  const pipelines = new Map<string, Pipeline>();
  const clients: ApiClient[] = [];
  for (const { name, connection } of clusters) {
    const client = ApiClient.create({ ...connection, userAgent: LIFE_MANAGER });
    clients.push(client);
    const pipeline = new Pipeline({
      client,
      clock,
      logger: prefixed(logger, name),
      findDeployment: (place, workload) =>
        pipelines.get(place.cluster)!.find(place, workload),
    });
    pipelines.set(name, pipeline);
  }

  const initial: Pace = { paused: false, speed };
  const time = new LifeTime(clock, initial);
  let planned: LifeStep[] = [];
  let plannedTo = 0;
  let timer: TimerHandle;
  let stopped = false;

  /** Takes what is due and waits for what is next. */
  const beat = () => {
    clock.clearTimeout(timer);
    if (stopped) {
      return;
    }
    const now = time.now();
    if (plannedTo < now + HORIZON_MS) {
      const to = now + 2 * HORIZON_MS;
      planned.push(...planLife(script, { from: plannedTo, to }));
      plannedTo = to;
    }
    const due = planned.filter(({ at }) => at <= now);
    planned = planned.filter(({ at }) => at > now);
    due.forEach(step => pipelines.get(step.place.cluster)!.add(step));
    const wait = time.until(planned[0]?.at ?? plannedTo - HORIZON_MS);
    if (wait !== undefined) {
      timer = clock.setTimeout(beat, wait);
    }
  };
  const control = LifeControl.start({
    client: clients[0],
    clock,
    logger,
    initial,
    onPace: pace => {
      time.change(pace);
      beat();
    },
  });
  beat();

  return {
    async stop() {
      stopped = true;
      clock.clearTimeout(timer);
      control.stop();
      pipelines.forEach(pipeline => pipeline.stop());
      await Promise.all(clients.map(client => client.close()));
    },
  };
}

function checkClusters(
  { stages }: LifeScript,
  clusters: StartLifeOptions['clusters'],
): void {
  const known = clusters.map(({ name }) => name);
  const unknown = stages
    .flatMap(stage => stage.clusters)
    .find(name => !known.includes(name));
  if (unknown) {
    throw new Error(
      `The life script names the cluster ${unknown}, but there are only ${known.join(
        ', ',
      )}.`,
    );
  }
}

function prefixed(logger: Logger, cluster: string): Logger {
  return {
    info: message => logger.info(`${cluster}: ${message}`),
    warn: message => logger.warn(`${cluster}: ${message}`),
  };
}
