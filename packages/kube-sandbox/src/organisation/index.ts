export {
  controlLife,
  readLifeScript,
  startLife,
  type LifeScript,
  type Pace,
  type RunningLife,
  type StartLifeOptions,
} from './life';
export { seed, type SeedOptions, type SeedResult } from './seed';
