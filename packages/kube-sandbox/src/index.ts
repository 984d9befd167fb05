export {
  startApiServer,
  type ApiServer,
  type ApiServerOptions,
} from './apiserver/startApiServer';
export type { Clock } from './apiserver/Cluster';
export type { FaultRequest, FaultResponse, Faults } from './apiserver/Faults';
export type { Tokens, User } from './access/Authenticator';
export { VIEWERS_GROUP, viewerPolicy } from './access/viewerPolicy';
export {
  writeKubeconfig,
  type KubeconfigCluster,
} from './kubeconfig/writeKubeconfig';
export { Store } from './storage/Store';
export type { ApiConnection } from './client';
export {
  allControllers,
  cloudControllers,
  startControllers,
  type RunningControllers,
  type StartControllersOptions,
} from './controllers';
export { serviceAccountController } from './controllers/serviceaccount/ServiceAccountController';
export { startNodes, type RunningNodes, type StartNodesOptions } from './nodes';
export {
  createKubeletCredentials,
  type KubeletCredentials,
} from './tls/kubeletCredentials';
export {
  readLifeScript,
  seed,
  startLife,
  type LifeScript,
  type RunningLife,
  type SeedOptions,
  type SeedResult,
  type StartLifeOptions,
} from './organisation';
