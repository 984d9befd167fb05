import { randomInt } from 'node:crypto';
import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import { forbidden } from '../../status/errors';
import { forbiddenField, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';
import { nameSuffix } from '../generateName';
import { defaultPodSpec, validatePodSpec } from './podSpec';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Guaranteed, Burstable or BestEffort, from the containers' requests and limits of cpu and memory. */
export function qosClass(spec: Fields): string {
  const containers: Fields[] = [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
  ];
  const set = containers.some(
    ({ resources }) =>
      Object.keys(resources?.requests ?? {}).length > 0 ||
      Object.keys(resources?.limits ?? {}).length > 0,
  );
  if (!set) {
    return 'BestEffort';
  }
  const guaranteed = containers.every(({ resources }) =>
    ['cpu', 'memory'].every(
      name =>
        resources?.limits?.[name] !== undefined &&
        (resources?.requests?.[name] ?? resources.limits[name]) ===
          resources.limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** The volume with the service account's token, which admission mounts into every container. */
function mountToken(spec: Fields) {
  const name = `kube-api-access-${nameSuffix(length => randomInt(length))}`;
  const containers: Fields[] = [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
  ];
  if (
    spec.automountServiceAccountToken === false ||
    containers.every(container =>
      container.volumeMounts?.some((m: Fields) => m.mountPath === TOKEN_PATH),
    )
  ) {
    return;
  }
  spec.volumes = [
    ...(spec.volumes ?? []),
    {
      name,
      projected: {
        sources: [
          { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
          {
            configMap: {
              name: 'kube-root-ca.crt',
              items: [{ key: 'ca.crt', path: 'ca.crt' }],
            },
          },
          {
            downwardAPI: {
              items: [
                {
                  path: 'namespace',
                  fieldRef: {
                    apiVersion: 'v1',
                    fieldPath: 'metadata.namespace',
                  },
                },
              ],
            },
          },
        ],
        defaultMode: 420,
      },
    },
  ];
  for (const container of containers) {
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name, readOnly: true, mountPath: TOKEN_PATH },
    ];
  }
}

function tolerateLostNodes(spec: Fields) {
  spec.tolerations ??= [];
  for (const key of ['not-ready', 'unreachable']) {
    const taint = `node.kubernetes.io/${key}`;
    if (
      !spec.tolerations.some(
        (toleration: Fields) => !toleration.key || toleration.key === taint,
      )
    ) {
      spec.tolerations.push({
        key: taint,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      });
    }
  }
}

/** The spec with every field that an update may change set aside. */
function fixedPart(spec: Fields): Fields {
  const withoutImages = (containers: Fields[] | undefined) =>
    containers?.map(({ image, ...rest }) => rest);
  const { activeDeadlineSeconds, tolerations, ...rest } = spec;
  return {
    ...rest,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
  };
}

const UPDATE_DETAIL =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

const isFinished = (pod: KubeObject) =>
  ['Succeeded', 'Failed'].includes(pod.status?.phase);

function validateUpdate(
  { spec = {} }: KubeObject,
  { spec: old = {} }: KubeObject,
): StatusCause[] {
  for (const list of ['containers', 'initContainers']) {
    if ((spec[list] ?? []).length !== (old[list] ?? []).length) {
      return [
        forbiddenField(
          `spec.${list}`,
          'pod updates may not add or remove containers',
        ),
      ];
    }
  }
  const causes = ['containers', 'initContainers'].flatMap(list =>
    (spec[list] ?? []).flatMap((container: Fields, index: number) =>
      container.image ? [] : [required(`spec.${list}[${index}].image`)],
    ),
  );
  return semanticallyEqual(fixedPart(spec), fixedPart(old))
    ? causes
    : [...causes, forbiddenField('spec', UPDATE_DETAIL)];
}

export const pod: Strategy = {
  generationOf: ({ spec }) => spec,
  returnsDeleted: true,
  selectable: selectable([
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ]),
  setDefaults(object) {
    const spec = (object.spec ??= {});
    defaultPodSpec(spec);
    for (const container of [
      ...(spec.initContainers ?? []),
      ...(spec.containers ?? []),
    ]) {
      // In a pod, unlike in a template, a limit without a request is the request too.
      const { limits, requests } = container.resources;
      if (limits) {
        container.resources.requests = { ...limits, ...requests };
      }
    }
    spec.enableServiceLinks ??= true;
    if (spec.terminationGracePeriodSeconds < 0) {
      spec.terminationGracePeriodSeconds = 1;
    }
  },
  prepareForCreate(object, context) {
    const spec = object.spec!;
    spec.serviceAccountName ??= 'default';
    spec.serviceAccount = spec.serviceAccountName;
    const { namespace, name } = object.metadata;
    if (
      spec.serviceAccountName !== 'default' &&
      !context.get(
        { group: '', resource: 'serviceaccounts' },
        namespace,
        spec.serviceAccountName,
      )
    ) {
      throw forbidden(
        { group: '', kind: 'pods', name },
        `error looking up service account ${namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
      );
    }
    mountToken(spec);
    tolerateLostNodes(spec);
    spec.priority ??= 0;
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  initialStatus: object => ({
    phase: 'Pending',
    qosClass: qosClass(object.spec!),
  }),
  prepareStatus(object, old) {
    const status = (object.status ??= {});
    status.qosClass ??= old.status?.qosClass;
    if (status.podIP && !status.podIPs) {
      status.podIPs = [{ ip: status.podIP }];
    }
  },
  validate: object => validatePodSpec(object.spec!, 'spec'),
  validateUpdate,
  gracePeriodSeconds(object, asked) {
    // Nobody runs a pod that has no node or has finished, so nobody has to stop it.
    if (!object.spec?.nodeName || isFinished(object)) {
      return 0;
    }
    const seconds = asked ?? object.spec.terminationGracePeriodSeconds ?? 30;
    return seconds < 0 ? 1 : seconds;
  },
};
