import { Fields } from '../../objects/KubeObject';
import {
  dnsLabelProblems,
  subdomainProblems,
} from '../../selectors/labelSyntax';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { validateContainer } from './containerValidation';
import { oneOf, problemsOf, systemId } from './fieldChecks';
import {
  validateAffinity,
  validateLabelsAt,
  validateSpread,
  validateTolerations,
} from './podPlacementValidation';
import { validateVolumes } from './podVolumeValidation';

const DNS_POLICIES = [
  'ClusterFirstWithHostNet',
  'ClusterFirst',
  'Default',
  'None',
];

/** `latest` or no tag is pulled always, as kubelets are told by default. */
function pullPolicy(image: string | undefined): string {
  const name = image ?? '';
  if (name.includes('@')) {
    return 'IfNotPresent';
  }
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultHttpGet(action: Fields | undefined) {
  if (action?.httpGet) {
    action.httpGet.path ??= '/';
    action.httpGet.scheme ??= 'HTTP';
  }
}

function defaultProbe(probe: Fields | undefined) {
  if (!probe) {
    return;
  }
  defaultHttpGet(probe);
  if (probe.grpc) {
    probe.grpc.service ??= '';
  }
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
}

function defaultContainer(container: Fields) {
  container.resources ??= {};
  for (const port of container.ports ?? []) {
    port.protocol ??= 'TCP';
  }
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) {
      variable.valueFrom.fieldRef.apiVersion ??= 'v1';
    }
  }
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  defaultHttpGet(container.lifecycle?.postStart);
  defaultHttpGet(container.lifecycle?.preStop);
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= pullPolicy(container.image);
}

function defaultVolume(volume: Fields) {
  const { name, ...source } = volume;
  if (Object.keys(source).length === 0) {
    volume.emptyDir = {};
  }
  for (const kind of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    if (volume[kind]) {
      volume[kind].defaultMode ??= 420;
    }
  }
  if (volume.hostPath) {
    volume.hostPath.type ??= '';
  }
  for (const item of [
    ...(volume.downwardAPI?.items ?? []),
    ...(volume.projected?.sources ?? []).flatMap(
      (projected: Fields) => projected.downwardAPI?.items ?? [],
    ),
  ]) {
    if (item.fieldRef) {
      item.fieldRef.apiVersion ??= 'v1';
    }
  }
  for (const projected of volume.projected?.sources ?? []) {
    if (projected.serviceAccountToken) {
      projected.serviceAccountToken.expirationSeconds ??= 3600;
    }
  }
}

/** Sets what a PodSpec leaves out, as the API server does for pods and templates alike. */
export function defaultPodSpec(spec: Fields): void {
  for (const container of [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ]) {
    defaultContainer(container);
  }
  for (const volume of spec.volumes ?? []) {
    defaultVolume(volume);
  }
  if (spec.serviceAccountName || spec.serviceAccount) {
    spec.serviceAccountName ??= spec.serviceAccount;
    spec.serviceAccount = spec.serviceAccountName;
  }
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
}

/** What is wrong with a PodSpec; `restartPolicies` are those that the owner's kind allows. */
export function validatePodSpec(
  spec: Fields,
  path: string,
  restartPolicies: readonly string[] = ['Always', 'OnFailure', 'Never'],
): StatusCause[] {
  const causes = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  const volumes = new Set<string>(
    (spec.volumes ?? []).map((volume: Fields) => volume.name),
  );
  const names = new Set<string>();
  if (!spec.containers?.length) {
    causes.push(required(`${path}.containers`));
  }
  for (const list of ['containers', 'initContainers']) {
    (spec[list] ?? []).forEach((container: Fields, index: number) =>
      causes.push(
        ...validateContainer({
          container,
          path: `${path}.${list}[${index}]`,
          volumes,
          names,
        }),
      ),
    );
  }
  const runsOnce = !restartPolicies.includes('Always');
  if (runsOnce && spec.restartPolicy === 'Always') {
    // `Always` is what it is set to when nobody chose, so the real server says that nobody chose.
    causes.push(
      required(
        `${path}.restartPolicy`,
        `valid values: ${restartPolicies
          .map(policy => JSON.stringify(policy))
          .join(', ')}`,
      ),
    );
  } else if (!restartPolicies.includes(spec.restartPolicy)) {
    causes.push(
      notSupported(
        `${path}.restartPolicy`,
        spec.restartPolicy,
        restartPolicies,
      ),
    );
  }
  return [...causes, ...validatePodFields(spec, path)];
}

/** What is wrong with the fields that are of the pod as a whole. */
function validatePodFields(spec: Fields, path: string): StatusCause[] {
  const { securityContext = {}, activeDeadlineSeconds: deadline } = spec;
  const named = (
    field: string,
    rules: (value: string) => string[],
  ): StatusCause[] =>
    spec[field] ? problemsOf(spec[field], `${path}.${field}`, rules) : [];
  return [
    ...oneOf(spec.dnsPolicy, `${path}.dnsPolicy`, DNS_POLICIES),
    ...validateLabelsAt(spec.nodeSelector, `${path}.nodeSelector`),
    ...['fsGroup', 'runAsUser', 'runAsGroup'].flatMap(field =>
      systemId(securityContext[field], `${path}.securityContext.${field}`),
    ),
    ...validateAffinity(spec, path),
    ...validateSpread(spec, path),
    ...named('serviceAccountName', subdomainProblems),
    ...named('nodeName', subdomainProblems),
    ...(deadline !== undefined && !(deadline >= 1)
      ? [
          invalidValue(
            `${path}.activeDeadlineSeconds`,
            deadline,
            'must be between 1 and 2147483647, inclusive',
          ),
        ]
      : []),
    ...named('hostname', dnsLabelProblems),
    ...named('subdomain', dnsLabelProblems),
    ...validateTolerations(spec, path),
  ];
}
