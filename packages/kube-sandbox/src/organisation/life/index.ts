export { controlLife } from './controlLife';
export { readLifeScript, type LifeScript } from './LifeScript';
export { type Pace } from './pace';
export {
  startLife,
  type RunningLife,
  type StartLifeOptions,
} from './startLife';
