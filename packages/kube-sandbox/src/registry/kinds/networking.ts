import { required } from '../../status/fieldErrors';
import { Strategy } from '../Strategy';
import { validateIngress } from './ingressValidation';

export const ingress: Strategy = {
  generationOf: ({ spec }) => spec,
  initialStatus: () => ({ loadBalancer: {} }),
  validate: validateIngress,
};

export const networkPolicy: Strategy = {
  generationOf: ({ spec }) => spec,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.podSelector ??= {};
    spec.policyTypes ??= spec.egress ? ['Ingress', 'Egress'] : ['Ingress'];
  },
};

export const endpoints: Strategy = {
  deprecation:
    'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  setDefaults(object) {
    for (const subset of object.subsets ?? []) {
      for (const port of subset.ports ?? []) {
        port.protocol ??= 'TCP';
      }
    }
  },
};

export const endpointSlice: Strategy = {
  generationOf: slice => [slice.endpoints, slice.ports, slice.metadata.labels],
  setDefaults(object) {
    object.endpoints = object.endpoints?.length ? object.endpoints : null;
    object.ports ??= null;
    for (const port of object.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  validate: object => (object.addressType ? [] : [required('addressType')]),
};
