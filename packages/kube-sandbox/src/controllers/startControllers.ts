import {
  ApiClient,
  ApiConnection,
  Clock,
  EventRecorder,
  InformerSet,
  Logger,
  silentLogger,
  systemClock,
} from '../client';
import { cloudControllers } from './cloudControllers';
import { clusterRoleAggregationController } from './clusterroleaggregation/ClusterRoleAggregationController';
import { Controller } from './Controller';
import { cronJobController } from './cronjob/CronJobController';
import { daemonSetController } from './daemonset/DaemonSetController';
import { deploymentController } from './deployment/DeploymentController';
import { disruptionController } from './disruption/DisruptionController';
import { endpointSliceController } from './endpointslice/EndpointSliceController';
import { garbageCollector } from './garbagecollector/GarbageCollector';
import { jobController } from './job/JobController';
import { namespaceController } from './namespace/NamespaceController';
import { replicaSetController } from './replicaset/ReplicaSetController';
import { schedulerController } from './scheduler/Scheduler';
import { serviceAccountController } from './serviceaccount/ServiceAccountController';
import { statefulSetController } from './statefulset/StatefulSetController';
import { ttlController } from './ttlafterfinished/TtlController';
import { ephemeralVolumeController } from './volumes/EphemeralVolumeController';
import { persistentVolumeController } from './volumes/PersistentVolumeController';
import {
  claimProtectionController,
  volumeProtectionController,
} from './volumes/protectionController';

/** @public */
export interface StartControllersOptions {
  /** The API server to work for. */
  connection: ApiConnection;
  /** Default: says nothing. */
  logger?: Logger;
  clock?: Clock;
  /** Deadlines and pauses pass this many times faster; default 1. */
  speed?: number;
  /**
   * Default: {@link allControllers}. Beside a real controller manager and scheduler it is
   * {@link cloudControllers}: the rest would do the same work twice.
   */
  controllers?: readonly Controller[];
}

/** @public */
export interface RunningControllers {
  stop(): Promise<void>;
}

/** Every controller there is. @public */
export const allControllers: readonly Controller[] = [
  deploymentController,
  replicaSetController,
  statefulSetController,
  daemonSetController,
  jobController,
  ttlController,
  cronJobController,
  schedulerController,
  disruptionController,
  clusterRoleAggregationController,
  endpointSliceController,
  garbageCollector,
  namespaceController,
  serviceAccountController,
  persistentVolumeController,
  ephemeralVolumeController,
  claimProtectionController,
  volumeProtectionController,
  ...cloudControllers,
];

const CONTROLLER_MANAGER = 'kube-controller-manager';
/** Whose process a controller is part of on a real control plane: the manager of the fields that it writes. */
const COMPONENTS: ReadonlyMap<Controller, string> = new Map([
  [schedulerController, 'kube-scheduler'],
  ...cloudControllers.map(
    controller => [controller, 'cloud-controller-manager'] as const,
  ),
]);

/**
 * Runs what a controller manager and a scheduler do, against any API server, over HTTP only. They wait
 * for a server that is not there yet, and survive its restarts.
 *
 * @public
 */
export function startControllers(
  options: StartControllersOptions,
): RunningControllers {
  const {
    connection,
    logger = silentLogger,
    clock = systemClock,
    speed = 1,
    controllers = allControllers,
  } = options;
  const clients = new Map<string, ApiClient>();
  const clientOf = (component: string) => {
    const known = clients.get(component);
    const client =
      known ?? ApiClient.create({ ...connection, userAgent: component });
    clients.set(component, client);
    return client;
  };
  const client = clientOf(CONTROLLER_MANAGER);
  const informers = new InformerSet({ client, clock, logger });
  const running = controllers.map(controller => {
    const own = clientOf(COMPONENTS.get(controller) ?? CONTROLLER_MANAGER);
    return controller.start({
      client: own,
      informers,
      clock,
      logger,
      speed,
      recorder: component =>
        new EventRecorder({ client: own, clock, component }),
    });
  });
  return {
    async stop() {
      running.forEach(controller => controller.stop());
      informers.stop();
      await Promise.all([...clients.values()].map(each => each.close()));
    },
  };
}
