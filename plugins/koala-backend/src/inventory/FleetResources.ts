import { LoggerService } from '@backstage/backend-plugin-api';
import { EventLoopShare } from '../reflector/EventLoopShare';
import { ListSemaphore } from '../reflector/ListSemaphore';
import { ReflectorTiming } from '../reflector/ReflectorState';
import { Clock } from '../transport/Clock';
import { HeartbeatTimes } from '../transport/Heartbeat';
import { Inventory } from './Inventory';

/** What all clusters of a process share. */
export interface FleetResources {
  inventory: Inventory;
  logger: LoggerService;
  clock: Clock;
  /** At least 0, less than 1. */
  random: () => number;
  semaphore: ListSemaphore;
  share: EventLoopShare;
  timing?: Partial<ReflectorTiming>;
  heartbeat?: Partial<HeartbeatTimes>;
}
