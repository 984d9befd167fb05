/**
 * A real control plane for tests, the sandbox in the same shape, the contract suite and clients.
 *
 * @packageDocumentation
 */
export * from './client/RawKubeClient';
export { RawWatch, type WatchFrame } from './client/RawWatch';
export type { ClusterSet } from './cluster/ClusterSet';
export type { TestCluster } from './cluster/TestCluster';
export { koalaCacheDir } from './control-plane/cacheDir';
export * from './control-plane/locateControlPlane';
export * from './control-plane/startControlPlane';
export { findKubectl, type FindKubectlOptions } from './kubectl/findKubectl';
export { GiveUp, until } from './process/until';
export { startSandbox, type SandboxOptions } from './sandbox/startSandbox';
