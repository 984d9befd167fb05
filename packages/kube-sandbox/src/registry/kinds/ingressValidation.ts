import { isIP } from 'node:net';
import { Fields, KubeObject } from '../../objects/KubeObject';
import {
  dns1035Problems,
  subdomainProblems,
} from '../../selectors/labelSyntax';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { problemsOf } from './fieldChecks';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

function validateBackend(
  { service, resource }: Fields,
  at: string,
): StatusCause[] {
  if (!service) {
    return resource
      ? []
      : [invalidValue(at, '', 'resource or service backend is required')];
  }
  const { name, port = {} } = service;
  const causes = name
    ? problemsOf(name, `${at}.service.name`, dns1035Problems)
    : [required(`${at}.service.name`)];
  if (port.name && port.number) {
    causes.push(
      invalidValue(at, '', 'cannot set both port name & port number'),
    );
  } else if (!port.name && !port.number) {
    causes.push(required(at, 'port name or number is required'));
  }
  return causes;
}

function validatePath(path: Fields, at: string): StatusCause[] {
  const { path: url, pathType, backend = {} } = path;
  const causes: StatusCause[] = [];
  if (!pathType) {
    causes.push(required(`${at}.pathType`, 'pathType must be specified'));
  } else if (!PATH_TYPES.includes(pathType)) {
    causes.push(notSupported(`${at}.pathType`, pathType, PATH_TYPES));
  } else if (
    !url?.startsWith('/') &&
    (pathType !== 'ImplementationSpecific' || url)
  ) {
    causes.push(
      invalidValue(`${at}.path`, url ?? '', 'must be an absolute path'),
    );
  }
  return [...causes, ...validateBackend(backend, `${at}.backend`)];
}

function validateHost(host: string, at: string): StatusCause[] {
  if (isIP(host)) {
    return [invalidValue(at, host, 'must be a DNS name, not an IP address')];
  }
  return problemsOf(host.replace(/^\*\./, ''), at, subdomainProblems);
}

/** What is wrong with an Ingress. */
export function validateIngress({ spec = {} }: KubeObject): StatusCause[] {
  const rules: Fields[] = spec.rules ?? [];
  if (rules.length === 0 && !spec.defaultBackend) {
    return [
      invalidValue(
        'spec',
        undefined,
        'either `defaultBackend` or `rules` must be specified',
      ),
    ];
  }
  return [
    ...(spec.defaultBackend
      ? validateBackend(spec.defaultBackend, 'spec.defaultBackend')
      : []),
    ...rules.flatMap(({ host, http }, index) => {
      const at = `spec.rules[${index}]`;
      const paths: Fields[] = http?.paths ?? [];
      return [
        ...(host ? validateHost(host, `${at}.host`) : []),
        ...(http && paths.length === 0 ? [required(`${at}.http.paths`)] : []),
        ...paths.flatMap((path, number) =>
          validatePath(path, `${at}.http.paths[${number}]`),
        ),
      ];
    }),
  ];
}
