import { Fields, KubeObject } from '../objects/KubeObject';
import { selectorText } from '../selectors/labelSelector';
import { age, humanDuration } from './duration';
import { podPrinter } from './podPrinter';
import { Printer } from './Printer';
import { eventPrinter } from './eventPrinter';
import { nodePrinter } from './nodePrinter';
import { ingressPrinter, servicePrinter } from './networkPrinters';
import {
  cronJobPrinter,
  daemonSetPrinter,
  deploymentPrinter,
  jobPrinter,
  replicaSetPrinter,
  statefulSetPrinter,
} from './workloadPrinters';
import { bindingPrinter, rolePrinter } from './rolePrinters';

const created = ({ metadata }: KubeObject, now: number) =>
  age(metadata.creationTimestamp, now);
const count = (value: Fields | undefined) => Object.keys(value ?? {}).length;
const text = (value: unknown) =>
  value === undefined || value === null || value === ''
    ? '<none>'
    : String(value);

const ACCESS_MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const accessModes = (modes: string[] | undefined) =>
  (modes ?? []).map(mode => ACCESS_MODES[mode] ?? mode).join(',');

function firstAndCount(items: string[]): string {
  if (items.length === 0) {
    return '<none>';
  }
  return items.length > 3
    ? `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`
    : items.join(',');
}

const persistentVolumeClaim: Printer = (object, now) => {
  const bound = Boolean(object.spec?.volumeName);
  return [
    object.metadata.name,
    object.metadata.deletionTimestamp
      ? 'Terminating'
      : object.status?.phase ?? '',
    object.spec?.volumeName ?? '',
    bound ? object.status?.capacity?.storage ?? '' : '',
    bound ? accessModes(object.status?.accessModes) : '',
    object.spec?.storageClassName ?? '',
    object.spec?.volumeAttributesClassName ?? '<unset>',
    created(object, now),
    object.spec?.volumeMode ?? '',
  ];
};

const persistentVolume: Printer = (object, now) => {
  const { spec, status, metadata } = object;
  return [
    metadata.name,
    spec?.capacity?.storage ?? '',
    accessModes(spec?.accessModes),
    spec?.persistentVolumeReclaimPolicy ?? '',
    metadata.deletionTimestamp ? 'Terminating' : status?.phase ?? '',
    spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
    spec?.storageClassName ?? '',
    spec?.volumeAttributesClassName ?? '<unset>',
    status?.reason ?? '',
    created(object, now),
    spec?.volumeMode ?? '',
  ];
};

const horizontalPodAutoscaler: Printer = (object, now) => {
  const { spec, status } = object;
  const targets = (spec?.metrics ?? []).map((metric: Fields) => {
    const current = (status?.currentMetrics ?? []).find(
      (entry: Fields) => entry.resource?.name === metric.resource?.name,
    )?.resource?.current?.averageUtilization;
    return `${metric.resource?.name ?? metric.type}: ${
      current === undefined ? '<unknown>' : `${current}%`
    }/${metric.resource?.target?.averageUtilization ?? '<auto>'}%`;
  });
  return [
    object.metadata.name,
    `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
    targets.join(', ') || '<none>',
    String(spec?.minReplicas ?? '<unset>'),
    spec?.maxReplicas ?? 0,
    status?.currentReplicas ?? 0,
    created(object, now),
  ];
};

/** How each resource is printed, by `group/resource`; others show their name and age. */
export const printers: Readonly<Record<string, Printer>> = {
  '/pods': podPrinter,
  '/nodes': nodePrinter,
  '/services': servicePrinter,
  '/events': eventPrinter,
  'events.k8s.io/events': eventPrinter,
  'networking.k8s.io/ingresses': ingressPrinter,
  'apps/deployments': deploymentPrinter,
  '/replicationcontrollers': replicaSetPrinter,
  'apps/replicasets': replicaSetPrinter,
  'apps/statefulsets': statefulSetPrinter,
  'apps/daemonsets': daemonSetPrinter,
  'batch/jobs': jobPrinter,
  'batch/cronjobs': cronJobPrinter,
  '/persistentvolumeclaims': persistentVolumeClaim,
  '/persistentvolumes': persistentVolume,
  'autoscaling/horizontalpodautoscalers': horizontalPodAutoscaler,
  '/namespaces': (object, now) => [
    object.metadata.name,
    object.status?.phase ?? '',
    created(object, now),
  ],
  '/configmaps': (object, now) => [
    object.metadata.name,
    count(object.data) + count(object.binaryData),
    created(object, now),
  ],
  '/secrets': (object, now) => [
    object.metadata.name,
    object.type ?? '',
    count(object.data),
    created(object, now),
  ],
  '/serviceaccounts': (object, now) => [
    object.metadata.name,
    created(object, now),
  ],
  '/endpoints': (object, now) => [
    object.metadata.name,
    firstAndCount(
      (object.subsets ?? []).flatMap((subset: Fields) =>
        (subset.addresses ?? []).flatMap((address: Fields) =>
          subset.ports?.length
            ? subset.ports.map((port: Fields) => `${address.ip}:${port.port}`)
            : [address.ip],
        ),
      ),
    ),
    created(object, now),
  ],
  '/limitranges': object => [
    object.metadata.name,
    object.metadata.creationTimestamp,
  ],
  '/resourcequotas': (object, now) => {
    const amounts = (prefix: RegExp, limits: boolean) =>
      Object.keys(object.status?.hard ?? {})
        .filter(name => prefix.test(name) === limits)
        .sort()
        .map(
          name =>
            `${name}: ${object.status?.used?.[name] ?? 0}/${
              object.status?.hard?.[name]
            }`,
        )
        .join(', ');
    return [
      object.metadata.name,
      amounts(/^limits\./, false),
      amounts(/^limits\./, true),
      created(object, now),
    ];
  },
  'autoscaling/scales': (object, now) => [
    object.metadata.name,
    object.spec?.replicas ?? 0,
    object.status?.replicas ?? 0,
    created(object, now),
  ],
  'apps/controllerrevisions': (object, now) => {
    const owner = object.metadata.ownerReferences?.find(
      reference => reference.controller,
    );
    const group = owner?.apiVersion.includes('/')
      ? `.${owner.apiVersion.split('/')[0]}`
      : '';
    return [
      object.metadata.name,
      owner ? `${owner.kind.toLowerCase()}${group}/${owner.name}` : '<none>',
      object.revision ?? 0,
      created(object, now),
    ];
  },
  'networking.k8s.io/ingressclasses': (object, now) => [
    object.metadata.name,
    object.spec?.controller ?? '',
    text(object.spec?.parameters?.name),
    created(object, now),
  ],
  'networking.k8s.io/networkpolicies': (object, now) => [
    object.metadata.name,
    text(selectorText(object.spec?.podSelector ?? {})),
    created(object, now),
  ],
  'policy/poddisruptionbudgets': (object, now) => [
    object.metadata.name,
    String(object.spec?.minAvailable ?? 'N/A'),
    String(object.spec?.maxUnavailable ?? 'N/A'),
    object.status?.disruptionsAllowed ?? 0,
    created(object, now),
  ],
  'discovery.k8s.io/endpointslices': (object, now) => [
    object.metadata.name,
    object.addressType ?? '',
    object.ports?.length
      ? firstAndCount(
          object.ports.map((port: Fields) => String(port.port ?? '*')),
        )
      : '<unset>',
    object.endpoints?.length
      ? firstAndCount(
          object.endpoints.flatMap((endpoint: Fields) => endpoint.addresses),
        )
      : '<unset>',
    created(object, now),
  ],
  'coordination.k8s.io/leases': (object, now) => [
    object.metadata.name,
    object.spec?.holderIdentity ?? '',
    created(object, now),
  ],
  'rbac.authorization.k8s.io/clusterrolebindings': bindingPrinter,
  'rbac.authorization.k8s.io/clusterroles': rolePrinter,
  'rbac.authorization.k8s.io/rolebindings': bindingPrinter,
  'rbac.authorization.k8s.io/roles': rolePrinter,
  'storage.k8s.io/storageclasses': (object, now) => [
    object.metadata.name,
    object.provisioner ?? '',
    object.reclaimPolicy ?? '',
    object.volumeBindingMode ?? '',
    object.allowVolumeExpansion ?? false,
    created(object, now),
  ],
};

/** How a kind without a printer of its own is printed. */
export const defaultPrinter: Printer = (object, now) => [
  object.metadata.name,
  humanDuration((now - Date.parse(object.metadata.creationTimestamp)) / 1000),
];
