/**
 * A real control plane for tests, the sandbox in the same shape, the contract suite and clients.
 *
 * @packageDocumentation
 */
export * from './client/RawKubeClient';
export { RawWatch, type WatchFrame } from './client/RawWatch';
export type { TestCluster } from './cluster/TestCluster';
export { koalaCacheDir } from './control-plane/cacheDir';
export * from './control-plane/locateControlPlane';
export * from './control-plane/startControlPlane';
export { until } from './process/until';
export { findKubectl, type FindKubectlOptions } from './kubectl/findKubectl';
