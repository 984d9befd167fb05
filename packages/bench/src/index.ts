/**
 * Koala beside the upstream Kubernetes plugin, measured in one run on the same clusters.
 *
 * @packageDocumentation
 */
export { bench } from './bench';
export { readOptions, type BenchOptions } from './options';
