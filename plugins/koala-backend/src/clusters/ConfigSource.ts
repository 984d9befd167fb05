import { readFile } from 'node:fs/promises';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  SERVICEACCOUNT_CA_PATH,
} from '@backstage/plugin-kubernetes-common';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { Credential } from '../transport/Credential';
import { ClusterConnection } from './ClusterConnection';
import { ClusterSource } from './ClusterSource';
import {
  authProviderOf,
  connectionOfDetails,
  perUserReason,
} from './connectionOfDetails';

/** The service account token that Kubernetes puts into every pod; it lies beside the certificate authority. */
const OWN_TOKEN_PATH = SERVICEACCOUNT_CA_PATH.replace(/ca\.crt$/, 'token');

/** What the Kubernetes plugin means by `localKubectlProxy`. */
const LOCAL_PROXY: ClusterDetails = {
  name: 'local',
  url: 'http://127.0.0.1:8001',
  authMetadata: {
    [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'localKubectlProxy',
  },
};

/**
 * The clusters of `kubernetes.clusterLocatorMethods` of type `config` and `localKubectlProxy`, for portals
 * where the Kubernetes plugin itself is not installed in this backend.
 */
export class ConfigSource implements ClusterSource {
  readonly name = 'kubernetes.clusterLocatorMethods';
  readonly #config: RootConfigService;

  static create(options: { config: RootConfigService }): ConfigSource {
    return new ConfigSource(options.config);
  }

  private constructor(config: RootConfigService) {
    this.#config = config;
  }

  /** @throws where the configuration cannot be read; the message names the key */
  async clusters(): Promise<readonly ClusterConnection[]> {
    const locators =
      this.#config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ??
      [];
    const clusters = locators.flatMap(locator => {
      switch (locator.getOptionalString('type')) {
        case 'config':
          return (locator.getOptionalConfigArray('clusters') ?? []).map(
            readDetails,
          );
        case 'localKubectlProxy':
          return [LOCAL_PROXY];
        default:
          // Other locators need the Kubernetes plugin, which knows how to ask them.
          return [];
      }
    });
    return Promise.all(
      clusters.map(details => {
        const provider = authProviderOf(details);
        return connectionOfDetails({
          details,
          credential: () => readCredential(details),
          unwatchable:
            perUserReason(provider) ??
            (provider === 'serviceAccount' || provider === 'localKubectlProxy'
              ? undefined
              : `Its authentication provider "${provider}" needs the Kubernetes plugin with its Koala module in this backend`),
        });
      }),
    );
  }
}

function readDetails(config: Config): ClusterDetails {
  const metadata =
    config.getOptional<Record<string, string>>('authMetadata') ?? {};
  const token = config.getOptionalString('serviceAccountToken');
  return {
    name: config.getString('name'),
    title: config.getOptionalString('title'),
    url: config.getString('url'),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
    caData: config.getOptionalString('caData'),
    caFile: config.getOptionalString('caFile'),
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]:
        config.getOptionalString('authProvider') ?? '',
      ...(token && { serviceAccountToken: token }),
      ...metadata,
    },
  };
}

async function readCredential({
  authMetadata,
}: ClusterDetails): Promise<Credential> {
  if (
    authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER] === 'localKubectlProxy'
  ) {
    return { type: 'anonymous' };
  }
  const token =
    authMetadata.serviceAccountToken ??
    (await readFile(OWN_TOKEN_PATH, 'utf8'));
  return { type: 'token', token: token.trim() };
}
