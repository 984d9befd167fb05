import {
  ApiClient,
  ApiError,
  ConfigMap,
  Container,
  Pod,
  Resource,
  resources,
} from '../client';

/** What a pod refers to and is not there. */
export interface PodProblems {
  volumes: { volume: string; message: string }[];
  /** By name of the container. */
  containers: ReadonlyMap<string, string>;
}

type Kind = 'configmap' | 'secret';

interface Reference {
  kind: Kind;
  name: string;
  /** Keys that have to be there. */
  keys: string[];
  from: { volume: string } | { container: string };
}

/** Every kubelet has it for its token volumes; not every cluster has somebody who publishes it. */
const ROOT_CA = 'kube-root-ca.crt';

const KINDS: Record<Kind, { resource: Resource<ConfigMap>; title: string }> = {
  configmap: { resource: resources.configMaps, title: 'ConfigMap' },
  secret: { resource: resources.secrets, title: 'Secret' },
};

function referencesOfContainer(container: Container): Reference[] {
  const from = { container: container.name };
  const all = (container.envFrom ?? []).flatMap(
    ({ configMapRef, secretRef }) => [
      { kind: 'configmap' as const, to: configMapRef, keys: [] as string[] },
      { kind: 'secret' as const, to: secretRef, keys: [] as string[] },
    ],
  );
  for (const { valueFrom = {} } of container.env ?? []) {
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom;
    all.push(
      { kind: 'configmap', to: map, keys: map ? [map.key] : [] },
      { kind: 'secret', to: secret, keys: secret ? [secret.key] : [] },
    );
  }
  return all.flatMap(({ kind, to, keys }) =>
    to?.name && !to.optional ? [{ kind, name: to.name, keys, from }] : [],
  );
}

function referencesOfVolumes(pod: Pod): Reference[] {
  return (pod.spec.volumes ?? []).flatMap(volume => {
    const from = { volume: volume.name };
    const keysOf = (items: { key: string }[] = []) =>
      items.map(({ key }) => key);
    const sources = [
      { configMap: volume.configMap, secret: undefined },
      ...(volume.projected?.sources ?? []),
    ];
    const { secret } = volume;
    return [
      ...(secret?.secretName && !secret.optional
        ? [
            {
              kind: 'secret' as const,
              name: secret.secretName,
              keys: keysOf(secret.items),
              from,
            },
          ]
        : []),
      ...sources.flatMap(source =>
        (['configMap', 'secret'] as const).flatMap(field => {
          const to = source[field];
          return to?.name && !to.optional && to.name !== ROOT_CA
            ? [
                {
                  kind: field === 'secret' ? 'secret' : 'configmap',
                  name: to.name,
                  keys: keysOf(to.items),
                  from,
                } satisfies Reference,
              ]
            : [];
        }),
      ),
    ];
  });
}

/** The ConfigMaps and Secrets without which the pod cannot start. */
function referencesOf(pod: Pod): Reference[] {
  return [
    ...referencesOfVolumes(pod),
    ...[...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(
      referencesOfContainer,
    ),
  ];
}

/** Whether the pod refers to anything that may be missing. */
export function hasReferences(pod: Pod): boolean {
  return referencesOf(pod).length > 0;
}

function missingKey(
  { kind, name, from }: Reference,
  key: string,
  namespace: string,
): string {
  if ('volume' in from) {
    return kind === 'secret'
      ? `references non-existent secret key: ${key}`
      : `configmap references non-existent config key: ${key}`;
  }
  return `couldn't find key ${key} in ${KINDS[kind].title} ${namespace}/${name}`;
}

/** Looks for what a pod refers to; reads each object once. */
export async function findProblems(
  client: ApiClient,
  pod: Pod,
): Promise<PodProblems> {
  const { namespace = '' } = pod.metadata;
  const read = new Map<string, Promise<ConfigMap | undefined>>();
  const get = (kind: Kind, name: string) => {
    const key = `${kind}/${name}`;
    const found =
      read.get(key) ??
      client
        .get(KINDS[kind].resource, { namespace, name })
        .catch((error: unknown) => {
          if (ApiError.is(error, 404)) {
            return undefined;
          }
          throw error;
        });
    read.set(key, found);
    return found;
  };
  const volumes: PodProblems['volumes'] = [];
  const containers = new Map<string, string>();
  for (const reference of referencesOf(pod)) {
    const { kind, name, keys, from } = reference;
    const object = await get(kind, name);
    const lost = keys.find(
      key =>
        !(key in (object?.data ?? {}) || key in (object?.binaryData ?? {})),
    );
    const message = !object
      ? `${kind} "${name}" not found`
      : lost !== undefined && missingKey(reference, lost, namespace);
    if (message) {
      if ('volume' in from) {
        volumes.push({ volume: from.volume, message });
      } else if (!containers.has(from.container)) {
        containers.set(from.container, message);
      }
    }
  }
  return { volumes, containers };
}
