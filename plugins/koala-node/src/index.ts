/**
 * Koala for other backend plugins and modules.
 *
 * @packageDocumentation
 */
export * from './clusters/DefaultKoalaClustersService';
export * from './clusters/KoalaClustersService';
export * from './clusters/KubernetesAccess';
export * from './clusters/koalaClustersServiceRef';
