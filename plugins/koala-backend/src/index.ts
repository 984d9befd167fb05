/**
 * Koala's backend: what runs where, in which version, and is it healthy.
 *
 * @packageDocumentation
 */
export { koalaPlugin as default } from './plugin';
export * from './permissions/publicPermissions';
