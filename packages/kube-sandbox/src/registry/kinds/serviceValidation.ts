import { isIP } from 'node:net';
import { Fields, KubeObject } from '../../objects/KubeObject';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from '../../status/fieldErrors';
import { subdomainProblems } from '../../selectors/labelSyntax';
import { StatusCause } from '../../status/StatusError';
import { portNameProblems, problemsOf } from './fieldChecks';
import { validateLabelsAt } from './podPlacementValidation';
import { isExternal, isHeadless, needsHealthCheck } from './serviceFields';

export const SERVICE_TYPES = [
  'ClusterIP',
  'ExternalName',
  'LoadBalancer',
  'NodePort',
];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const POLICIES = ['Cluster', 'Local'];
const AFFINITIES = ['ClientIP', 'None'];
const PORT_RANGE = 'must be between 1 and 65535, inclusive';
const ADDRESS_DETAIL =
  'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const ONLY_BALANCERS = "may only be used when `type` is 'LoadBalancer'";

function isPort(value: unknown): boolean {
  return typeof value === 'number' && value >= 1 && value <= 65535;
}

function validateType(spec: Fields): StatusCause[] {
  if (spec.type === 'ExternalName') {
    return [
      ...['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']
        .filter(name => spec[name] !== undefined)
        .map(name =>
          forbiddenField(
            `spec.${name}`,
            'may not be set for ExternalName services',
          ),
        ),
      ...(spec.externalName
        ? problemsOf(spec.externalName, 'spec.externalName', subdomainProblems)
        : [required('spec.externalName')]),
    ];
  }
  const causes: StatusCause[] = [];
  if ((spec.ports ?? []).length === 0 && !isHeadless(spec)) {
    causes.push(required('spec.ports'));
  }
  if (isHeadless(spec) && spec.type !== 'ClusterIP') {
    causes.push(
      invalidValue(
        'spec.clusterIPs[0]',
        'None',
        `may not be set to 'None' for ${spec.type} services`,
      ),
    );
  }
  return causes;
}

function validatePorts(ports: Fields[]): StatusCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`;
    const causes: StatusCause[] = [];
    if (ports.length > 1 && !port.name) {
      causes.push(required(`${at}.name`));
    } else if (port.name && names.has(port.name)) {
      causes.push(duplicate(`${at}.name`, port.name));
    }
    names.add(port.name);
    if (!isPort(port.port)) {
      causes.push(invalidValue(`${at}.port`, port.port ?? 0, PORT_RANGE));
    }
    if (!PROTOCOLS.includes(port.protocol)) {
      causes.push(notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
    }
    if (typeof port.targetPort === 'number' && !isPort(port.targetPort)) {
      causes.push(
        invalidValue(`${at}.targetPort`, port.targetPort, PORT_RANGE),
      );
    }
    if (typeof port.targetPort === 'string') {
      causes.push(
        ...problemsOf(port.targetPort, `${at}.targetPort`, portNameProblems),
      );
    }
    return causes;
  });
}

function validateAddresses(spec: Fields): StatusCause[] {
  const check = (address: string, field: string) =>
    address === 'None' || isIP(address)
      ? []
      : [invalidValue(field, address, ADDRESS_DETAIL)];
  return [
    ...(spec.externalIPs ?? []).flatMap((address: string, index: number) =>
      check(address, `spec.externalIPs[${index}]`),
    ),
    ...(spec.clusterIPs ?? []).flatMap((address: string, index: number) =>
      check(address, `spec.clusterIPs[${index}]`),
    ),
  ];
}

/** Node ports and pairs of port and protocol that appear twice. */
function validateUnique(spec: Fields): StatusCause[] {
  const ports: Fields[] = spec.ports ?? [];
  const isRepeated = (index: number, field: string) =>
    ports
      .slice(0, index)
      .some(
        other =>
          other[field] === ports[index][field] &&
          other.protocol === ports[index].protocol,
      );
  return [
    ...ports.flatMap(({ nodePort }, index) =>
      nodePort && isRepeated(index, 'nodePort')
        ? [duplicate(`spec.ports[${index}].nodePort`, nodePort)]
        : [],
    ),
    ...ports.flatMap(({ port, protocol }, index) =>
      isRepeated(index, 'port')
        ? [
            // The real server shows its own structure here, not the API's.
            duplicate(`spec.ports[${index}]`, {
              Name: '',
              Protocol: protocol,
              AppProtocol: null,
              Port: port,
              TargetPort: 0,
              NodePort: 0,
            }),
          ]
        : [],
    ),
  ];
}

function validateBalancer(spec: Fields): StatusCause[] {
  return spec.type === 'LoadBalancer'
    ? []
    : ['allocateLoadBalancerNodePorts', 'loadBalancerClass']
        .filter(name => spec[name] !== undefined)
        .map(name => forbiddenField(`spec.${name}`, ONLY_BALANCERS));
}

function validateTraffic(spec: Fields): StatusCause[] {
  const { externalTrafficPolicy: policy, healthCheckNodePort } = spec;
  const causes: StatusCause[] = [];
  if (!isExternal(spec)) {
    if (policy) {
      causes.push(
        invalidValue(
          'spec.externalTrafficPolicy',
          policy,
          'may only be set for externally-accessible services',
        ),
      );
    }
  } else if (!POLICIES.includes(policy)) {
    causes.push(notSupported('spec.externalTrafficPolicy', policy, POLICIES));
  }
  if (healthCheckNodePort && !needsHealthCheck(spec)) {
    causes.push(
      invalidValue(
        'spec.healthCheckNodePort',
        healthCheckNodePort,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    );
  }
  const { internalTrafficPolicy: internal } = spec;
  if (internal !== undefined && !POLICIES.includes(internal)) {
    causes.push(notSupported('spec.internalTrafficPolicy', internal, POLICIES));
  }
  return causes;
}

/** What is wrong with a Service, in the order of the real server. */
export function validateService({ spec = {} }: KubeObject): StatusCause[] {
  const ports: Fields[] = spec.ports ?? [];
  const causes = [
    ...validateType(spec),
    ...validatePorts(ports),
    ...validateLabelsAt(spec.selector, 'spec.selector'),
  ];
  if (!AFFINITIES.includes(spec.sessionAffinity)) {
    causes.push(
      notSupported('spec.sessionAffinity', spec.sessionAffinity, AFFINITIES),
    );
  }
  if (!SERVICE_TYPES.includes(spec.type)) {
    causes.push(notSupported('spec.type', spec.type, SERVICE_TYPES));
  }
  if (spec.type === 'ClusterIP') {
    ports.forEach(({ nodePort }, index) => {
      if (nodePort) {
        causes.push(
          forbiddenField(
            `spec.ports[${index}].nodePort`,
            "may not be used when `type` is 'ClusterIP'",
          ),
        );
      }
    });
  }
  return [
    ...causes,
    ...validateUnique(spec),
    ...validateAddresses(spec),
    ...validateBalancer(spec),
    ...validateTraffic(spec),
  ];
}

function changed(spec: Fields, old: Fields, name: string): StatusCause[] {
  const values: string[] = spec[name] ?? [];
  const before: string[] = old[name] ?? [];
  return values.length === before.length
    ? before.flatMap((value, index) =>
        value === values[index]
          ? []
          : [
              invalidValue(
                // The real server always names the first family.
                `spec.${name}[${name === 'ipFamilies' ? 0 : index}]`,
                values,
                'may not change once set',
              ),
            ],
      )
    : [];
}

/** What may not change. */
export function validateServiceUpdate(
  { spec = {} }: KubeObject,
  { spec: old = {} }: KubeObject,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const [, isNamed] = [old, spec].map(({ type }) => type === 'ExternalName');
  const keepsAddress = old.type !== 'ExternalName' && !isNamed;
  if (keepsAddress && !(isHeadless(old) && isHeadless(spec))) {
    if ((spec.clusterIPs ?? []).length === 0) {
      causes.push(
        invalidValue(
          'spec.clusterIPs[0]',
          spec.clusterIPs ?? [],
          'primary clusterIP can not be unset',
        ),
      );
    }
    causes.push(...changed(spec, old, 'clusterIPs'));
  }
  if (keepsAddress && !isHeadless(old) && !isHeadless(spec)) {
    causes.push(...changed(spec, old, 'ipFamilies'));
  }
  if (
    old.type === 'LoadBalancer' &&
    spec.type === 'LoadBalancer' &&
    old.loadBalancerClass !== spec.loadBalancerClass
  ) {
    causes.push(
      invalidValue(
        'spec.loadBalancerClass',
        spec.loadBalancerClass,
        'may not change once set',
      ),
    );
  }
  if (
    needsHealthCheck(old) &&
    needsHealthCheck(spec) &&
    old.healthCheckNodePort !== spec.healthCheckNodePort
  ) {
    causes.push(
      forbiddenField('spec.healthCheckNodePort', 'field is immutable'),
    );
  }
  return causes;
}
