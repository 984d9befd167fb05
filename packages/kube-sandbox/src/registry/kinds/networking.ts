import { Fields } from '../../objects/KubeObject';
import { notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

export const ingress: Strategy = {
  generationOf: ({ spec }) => spec,
  initialStatus: () => ({ loadBalancer: {} }),
  validate({ spec }) {
    const causes: StatusCause[] = [];
    const rules: Fields[] = spec?.rules ?? [];
    if (rules.length === 0 && !spec?.defaultBackend) {
      causes.push({
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: []: either `defaultBackend` or `rules` must be specified',
        field: 'spec',
      });
    }
    rules.forEach((rule, index) =>
      (rule.http?.paths ?? []).forEach((path: Fields, at: number) => {
        const field = `spec.rules[${index}].http.paths[${at}]`;
        if (!path.pathType) {
          causes.push(
            required(`${field}.pathType`, 'pathType must be specified'),
          );
        } else if (!PATH_TYPES.includes(path.pathType)) {
          causes.push(
            notSupported(`${field}.pathType`, path.pathType, PATH_TYPES),
          );
        }
        if (!path.backend?.service && !path.backend?.resource) {
          causes.push(
            required(
              `${field}.backend`,
              'must provide either `service` or `resource`',
            ),
          );
        }
      }),
    );
    return causes;
  },
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
