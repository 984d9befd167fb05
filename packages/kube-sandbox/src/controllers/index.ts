export type {
  Controller,
  ControllerContext,
  RunningController,
} from './Controller';
export * from './cloudControllers';
export * from './startControllers';
