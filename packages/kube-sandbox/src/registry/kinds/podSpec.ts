import { Fields } from '../../objects/KubeObject';
import { dnsLabelProblems } from '../../selectors/labelSyntax';
import {
  duplicate,
  invalidValue,
  notSupported,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';

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

function validateContainers(
  containers: Fields[],
  path: string,
  seen: Set<string>,
): StatusCause[] {
  const causes: StatusCause[] = [];
  containers.forEach((container, index) => {
    const at = `${path}[${index}]`;
    if (!container.name) {
      causes.push(required(`${at}.name`));
    } else {
      for (const problem of dnsLabelProblems(container.name)) {
        causes.push(invalidValue(`${at}.name`, container.name, problem));
      }
    }
    if (!container.image) {
      causes.push(required(`${at}.image`));
    }
    (container.ports ?? []).forEach((port: Fields, portIndex: number) => {
      const portPath = `${at}.ports[${portIndex}].containerPort`;
      if (!port.containerPort) {
        causes.push(required(portPath));
      } else if (port.containerPort < 1 || port.containerPort > 65535) {
        causes.push(
          invalidValue(
            portPath,
            port.containerPort,
            'must be between 1 and 65535, inclusive',
          ),
        );
      }
    });
    if (container.name && seen.has(container.name)) {
      causes.push(duplicate(`${at}.name`, container.name));
    }
    seen.add(container.name);
  });
  return causes;
}

function validateMounts(spec: Fields, path: string): StatusCause[] {
  const volumes = new Set((spec.volumes ?? []).map((v: Fields) => v.name));
  return ['initContainers', 'containers'].flatMap(list =>
    (spec[list] ?? []).flatMap((container: Fields, index: number) =>
      (container.volumeMounts ?? []).flatMap((mount: Fields, at: number) =>
        volumes.has(mount.name)
          ? []
          : [
              {
                reason: 'FieldValueNotFound',
                message: `Not found: ${JSON.stringify(mount.name ?? '')}`,
                field: `${path}.${list}[${index}].volumeMounts[${at}].name`,
              },
            ],
      ),
    ),
  );
}

/** What is wrong with a PodSpec; `restartPolicies` are those that the owner's kind allows. */
export function validatePodSpec(
  spec: Fields,
  path: string,
  restartPolicies: readonly string[] = ['Always', 'OnFailure', 'Never'],
): StatusCause[] {
  const causes: StatusCause[] = [];
  const seen = new Set<string>();
  if (!spec.containers?.length) {
    causes.push(required(`${path}.containers`));
  }
  causes.push(
    ...validateContainers(spec.containers ?? [], `${path}.containers`, seen),
    ...validateContainers(
      spec.initContainers ?? [],
      `${path}.initContainers`,
      seen,
    ),
    ...validateMounts(spec, path),
  );
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
  return causes;
}
