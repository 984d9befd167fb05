export type {
  Controller,
  ControllerContext,
  RunningController,
} from './Controller';
export * from './startControllers';
