import { readFile } from 'node:fs/promises';
import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  SERVICEACCOUNT_CA_PATH,
} from '@backstage/plugin-kubernetes-common';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { Credential } from '../transport/Credential';
import { ClusterConnection } from './ClusterConnection';
import { fingerprintOf } from './fingerprintOf';

/** Providers whose token is the signed-in user's own. */
const PER_USER_PROVIDERS = new Set(['google', 'oidc', 'aks']);

/** The authentication provider of a cluster of the Kubernetes plugin. */
export function authProviderOf(details: ClusterDetails): string {
  return details.authMetadata?.[ANNOTATION_KUBERNETES_AUTH_PROVIDER] ?? '';
}

/** Why a cluster of that provider cannot be watched by a backend; undefined where it can. */
export function perUserReason(provider: string): string | undefined {
  return PER_USER_PROVIDERS.has(provider)
    ? `Its authentication provider "${provider}" has a credential only for a signed-in user, so Koala cannot watch it in the background`
    : undefined;
}

/**
 * Makes a connection of what the Kubernetes plugin says about a cluster, in the way that plugin itself connects:
 * `serviceAccount` without a token means the cluster that the backend runs in, whatever the URL.
 */
export async function connectionOfDetails(options: {
  details: ClusterDetails;
  credential: () => Promise<Credential>;
  unwatchable?: string;
}): Promise<ClusterConnection> {
  const { details, credential } = options;
  let { unwatchable } = options;
  let { url } = details;
  let ca: string | undefined;
  try {
    const inCluster = await ownCluster(details);
    url = inCluster?.url ?? url;
    ca = inCluster?.ca ?? (await authorityOf(details));
    const { protocol } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') {
      throw new Error(`its URL ${url} is neither https nor http`);
    }
  } catch (error) {
    unwatchable ??= `It cannot be connected to: ${
      error instanceof Error ? error.message : error
    }`;
  }
  return {
    name: details.name,
    title: details.title,
    url,
    ca,
    skipTlsVerify: details.skipTLSVerify ?? false,
    credential,
    unwatchable,
    fingerprint: fingerprintOf([
      url,
      ca,
      details.skipTLSVerify ?? false,
      details.title,
      Object.entries(details.authMetadata ?? {}).sort(),
      unwatchable,
    ]),
  };
}

async function authorityOf({
  caFile,
  caData,
}: ClusterDetails): Promise<string | undefined> {
  if (caFile) {
    return readFile(caFile, 'utf8');
  }
  return caData ? Buffer.from(caData, 'base64').toString('utf8') : undefined;
}

async function ownCluster(
  details: ClusterDetails,
): Promise<{ url: string; ca: string } | undefined> {
  const host = process.env.KUBERNETES_SERVICE_HOST;
  if (
    authProviderOf(details) !== 'serviceAccount' ||
    details.authMetadata.serviceAccountToken ||
    !host
  ) {
    return undefined;
  }
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `https://${name}:${process.env.KUBERNETES_SERVICE_PORT ?? 443}`,
    ca: await readFile(SERVICEACCOUNT_CA_PATH, 'utf8'),
  };
}
