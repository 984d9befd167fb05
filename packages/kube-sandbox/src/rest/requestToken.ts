import { TOKEN_ISSUER } from '../access/ServiceAccountTokens';
import { Cluster } from '../apiserver/Cluster';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { badRequest, conflict, invalid, notFound } from '../status/errors';
import { invalidValue } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';
import { BodyType } from './readObject';

/** The type of the body of `serviceaccounts/token`. */
export const TOKEN_REQUEST: BodyType = {
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'TokenRequest',
  definition: 'authentication.v1.TokenRequest',
  group: 'authentication.k8s.io',
};

const DEFAULT_SECONDS = 3600;
const LEAST_SECONDS = 600;

const refuse = (name: string, causes: StatusCause[]) =>
  invalid(
    { group: TOKEN_REQUEST.group, kind: TOKEN_REQUEST.kind, name },
    causes,
  );

function secondsProblem(seconds: number): string | undefined {
  if (seconds < LEAST_SECONDS) {
    return 'may not specify a duration less than 10 minutes';
  }
  return seconds > 2 ** 32
    ? 'may not specify a duration larger than 2^32 seconds'
    : undefined;
}

function checkSeconds(seconds: number): void {
  const problem = secondsProblem(seconds);
  if (problem) {
    throw refuse('', [
      invalidValue('spec.expirationSeconds', seconds, problem),
    ]);
  }
}

const BINDABLE = {
  Pod: { resource: 'pods', namespaced: true },
  Secret: { resource: 'secrets', namespaced: true },
  Node: { resource: 'nodes', namespaced: false },
} as const;

/** The object that a token is bound to; throws where there is no such object. */
function boundObject(
  cluster: Cluster,
  account: KubeObject,
  reference: Fields | null | undefined,
) {
  if (!reference) {
    return undefined;
  }
  const { apiVersion = '', kind, name, uid } = reference;
  if (apiVersion !== 'v1' || !(kind in BINDABLE)) {
    const [version, group = ''] = apiVersion.split('/').reverse();
    throw badRequest(
      `cannot bind token to object of type ${group}/${version}, Kind=${kind}`,
    );
  }
  const { resource, namespaced } = BINDABLE[kind as keyof typeof BINDABLE];
  const object = cluster.store.get(
    `/${resource}`,
    namespaced ? account.metadata.namespace : undefined,
    name,
  );
  if (!object) {
    throw notFound({ group: '', kind: resource, name });
  }
  const accountName = account.metadata.name;
  if (kind === 'Pod' && object.spec?.serviceAccountName !== accountName) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(
        accountName,
      )} to pod running with different serviceaccount name.`,
    );
  }
  if (uid && uid !== object.metadata.uid) {
    throw conflict(
      { group: '', kind, name },
      `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  }
  return {
    kind: kind as keyof typeof BINDABLE,
    name: object.metadata.name,
    uid: object.metadata.uid,
  };
}

/** A TokenRequest with what the real server sets where the client leaves it out. */
export function withDefaults(request: KubeObject): KubeObject {
  return {
    ...request,
    spec: { expirationSeconds: DEFAULT_SECONDS, ...request.spec },
  };
}

/** Issues a token for a service account; returns the TokenRequest with it. */
export async function requestToken(options: {
  cluster: Cluster;
  account: KubeObject;
  request: KubeObject;
}): Promise<KubeObject> {
  const { cluster, account } = options;
  const request = withDefaults(options.request);
  const { name, namespace, uid } = account.metadata;
  const spec: Fields = request.spec!;
  const { expirationSeconds } = spec;
  const asked = request.metadata;
  if (asked.name && asked.name !== name) {
    throw refuse(name, [
      invalidValue(
        'metadata.name',
        asked.name,
        'must match the service account name if specified',
      ),
    ]);
  }
  if (asked.namespace && asked.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  checkSeconds(expirationSeconds);
  const audiences: string[] = spec.audiences?.length
    ? spec.audiences
    : [TOKEN_ISSUER];
  const bound = boundObject(cluster, account, spec.boundObjectRef);
  const { token, expiresAt } = await cluster.serviceAccountTokens.issue({
    serviceAccount: account,
    audiences,
    expirationSeconds,
    bound,
  });
  return {
    kind: TOKEN_REQUEST.kind,
    apiVersion: TOKEN_REQUEST.apiVersion,
    metadata: {
      name,
      namespace,
      uid,
      creationTimestamp: toTimestamp(cluster.clock.now()),
    } as KubeObject['metadata'],
    spec: {
      audiences,
      expirationSeconds,
      boundObjectRef: spec.boundObjectRef ?? null,
    },
    status: { token, expirationTimestamp: toTimestamp(expiresAt) },
  };
}
