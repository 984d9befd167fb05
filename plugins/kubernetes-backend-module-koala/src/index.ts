/**
 * A module of the Kubernetes backend that hands its clusters and credentials to Koala.
 *
 * @packageDocumentation
 */
export { kubernetesModuleKoala as default } from './module';
