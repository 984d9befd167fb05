export { imageBehaviour, type ImageBehaviour } from './imageBehaviour';
export * from './startNodes';
