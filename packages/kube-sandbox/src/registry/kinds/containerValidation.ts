import { Fields } from '../../objects/KubeObject';
import { quantity } from '../../objects/quantity';
import { dnsLabelProblems } from '../../selectors/labelSyntax';
import { duplicate, invalidValue, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { validateEnvironment } from './environmentValidation';
import {
  oneOf,
  portNameProblems,
  portNumber,
  problemsOf,
  systemId,
} from './fieldChecks';
import { validateHandler, validateProbe } from './probeValidation';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const STANDARD_RESOURCES = ['cpu', 'memory', 'ephemeral-storage', 'storage'];

function validatePorts(ports: Fields[], path: string): StatusCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`;
    const causes: StatusCause[] = [];
    if (port.name) {
      const problems = problemsOf(port.name, `${at}.name`, portNameProblems);
      causes.push(...problems);
      if (problems.length === 0 && names.has(port.name)) {
        causes.push(duplicate(`${at}.name`, port.name));
      }
      names.add(port.name);
    }
    causes.push(
      ...(port.containerPort
        ? portNumber(port.containerPort, `${at}.containerPort`)
        : [required(`${at}.containerPort`)]),
      ...(port.hostPort ? portNumber(port.hostPort, `${at}.hostPort`) : []),
      ...oneOf(port.protocol, `${at}.protocol`, PROTOCOLS),
    );
    return causes;
  });
}

function validateMounts(
  mounts: Fields[],
  path: string,
  volumes: ReadonlySet<string>,
): StatusCause[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const causes: StatusCause[] = [];
    if (!mount.name) {
      causes.push(required(`${at}.name`));
    }
    if (!volumes.has(mount.name)) {
      causes.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(mount.name ?? '')}`,
        field: `${at}.name`,
      });
    }
    if (!mount.mountPath) {
      causes.push(required(`${at}.mountPath`));
    } else if (paths.has(mount.mountPath)) {
      causes.push(
        invalidValue(`${at}.mountPath`, mount.mountPath, 'must be unique'),
      );
    }
    paths.add(mount.mountPath);
    return causes;
  });
}

function validateAmounts(amounts: Fields, path: string): StatusCause[] {
  return Object.entries(amounts).flatMap(([name, amount]) => {
    const at = `${path}[${name}]`;
    return [
      ...(quantity(amount) < 0
        ? [invalidValue(at, amount, 'must be greater than or equal to 0')]
        : []),
      ...(name.includes('/') ||
      STANDARD_RESOURCES.includes(name) ||
      name.startsWith('hugepages-')
        ? []
        : [
            'must be a standard resource type or fully qualified',
            'must be a standard resource for containers',
          ].map(problem => invalidValue(at, name, problem))),
    ];
  });
}

function validateResources(resources: Fields, path: string): StatusCause[] {
  const { limits = {}, requests = {} } = resources;
  return [
    ...validateAmounts(limits, `${path}.limits`),
    ...validateAmounts(requests, `${path}.requests`),
    ...Object.entries<string>(requests)
      .filter(
        ([name, amount]) =>
          limits[name] !== undefined &&
          quantity(amount) > quantity(limits[name]),
      )
      .map(([name, amount]) =>
        invalidValue(
          `${path}.requests`,
          amount,
          `must be less than or equal to ${name} limit of ${limits[name]}`,
        ),
      ),
  ];
}

/** What is wrong with one container at a path; `volumes` are the names of those it may mount. */
export function validateContainer(options: {
  container: Fields;
  path: string;
  volumes: ReadonlySet<string>;
  /** Names of the containers before it; its own is added. */
  names: Set<string>;
}): StatusCause[] {
  const { container, path: at, volumes, names } = options;
  const { name, image, env, envFrom, securityContext = {} } = container;
  const isRepeated = Boolean(name) && names.has(name);
  names.add(name);
  return [
    ...(name
      ? problemsOf(name, `${at}.name`, dnsLabelProblems)
      : [required(`${at}.name`)]),
    ...(image ? [] : [required(`${at}.image`)]),
    ...oneOf(
      container.terminationMessagePolicy,
      `${at}.terminationMessagePolicy`,
      MESSAGE_POLICIES,
    ),
    ...validatePorts(container.ports ?? [], `${at}.ports`),
    ...validateEnvironment({ env, envFrom }, at),
    ...validateMounts(
      container.volumeMounts ?? [],
      `${at}.volumeMounts`,
      volumes,
    ),
    ...oneOf(container.imagePullPolicy, `${at}.imagePullPolicy`, PULL_POLICIES),
    ...validateResources(container.resources ?? {}, `${at}.resources`),
    ...systemId(securityContext.runAsUser, `${at}.securityContext.runAsUser`),
    ...systemId(securityContext.runAsGroup, `${at}.securityContext.runAsGroup`),
    ...(isRepeated ? [duplicate(`${at}.name`, name)] : []),
    ...['postStart', 'preStop'].flatMap(moment =>
      container.lifecycle?.[moment]
        ? validateHandler(
            container.lifecycle[moment],
            `${at}.lifecycle.${moment}`,
          )
        : [],
    ),
    ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap(
      kind => validateProbe(container[kind], kind, `${at}.${kind}`),
    ),
  ];
}
