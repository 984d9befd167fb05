/**
 * Koala's screens: which service runs in which environment, in which version, and is it healthy.
 *
 * @packageDocumentation
 */
export { koalaPlugin as default } from './plugin';
export { koalaApiRef } from './api/KoalaApi';
export type { KoalaApi, RequestOptions, StreamOptions } from './api/KoalaApi';
export type { ConnectionState, LiveConnection } from './live/LiveConnection';
export type { LiveMatrix, LiveSnapshot } from './live/LiveMatrix';
