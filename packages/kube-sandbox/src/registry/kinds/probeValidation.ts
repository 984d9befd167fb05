import { Fields } from '../../objects/KubeObject';
import {
  forbiddenField,
  invalidValue,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import {
  nonNegative,
  oneOf,
  portNameProblems,
  portNumber,
  problemsOf,
} from './fieldChecks';

const SCHEMES = ['HTTP', 'HTTPS'];
const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

function validatePort(port: unknown, field: string): StatusCause[] {
  return typeof port === 'string'
    ? problemsOf(port, field, portNameProblems)
    : portNumber(port ?? 0, field);
}

/** What is wrong with each way to ask a container. */
const HANDLERS: Record<
  string,
  (handler: Fields, path: string) => StatusCause[]
> = {
  exec: ({ command }, path) =>
    command?.length ? [] : [required(`${path}.command`)],
  httpGet: ({ path: url, port, scheme }, path) => [
    ...(url ? [] : [required(`${path}.path`)]),
    ...validatePort(port, `${path}.port`),
    ...oneOf(scheme, `${path}.scheme`, SCHEMES),
  ],
  tcpSocket: ({ port }, path) => validatePort(port, `${path}.port`),
  grpc: ({ port }, path) => portNumber(port ?? 0, `${path}.port`),
  sleep: () => [],
};

/** What is wrong with what is done to a container: there must be exactly one thing. */
export function validateHandler(action: Fields, path: string): StatusCause[] {
  const given = Object.keys(HANDLERS).filter(name => action[name]);
  if (given.length === 0) {
    return [required(path, 'must specify a handler type')];
  }
  const [first, ...more] = given;
  return [
    ...HANDLERS[first](action[first], `${path}.${first}`),
    ...more.map(name =>
      forbiddenField(
        `${path}.${name}`,
        'may not specify more than 1 handler type',
      ),
    ),
  ];
}

/** What is wrong with a probe of that kind, if there is one. */
export function validateProbe(
  probe: Fields | undefined,
  kind: 'livenessProbe' | 'readinessProbe' | 'startupProbe',
  path: string,
): StatusCause[] {
  if (!probe) {
    return [];
  }
  return [
    ...validateHandler(probe, path),
    ...COUNTS.flatMap(name => nonNegative(probe[name], `${path}.${name}`)),
    ...(kind !== 'readinessProbe' && probe.successThreshold !== 1
      ? [
          invalidValue(
            `${path}.successThreshold`,
            probe.successThreshold,
            'must be 1',
          ),
        ]
      : []),
  ];
}
