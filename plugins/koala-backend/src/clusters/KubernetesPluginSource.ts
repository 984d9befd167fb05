import { AuthService } from '@backstage/backend-plugin-api';
import {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import {
  KoalaClustersService,
  KubernetesAccess,
} from '@koala-ops/backstage-plugin-koala-node';
import { Credential } from '../transport/Credential';
import { ClusterConnection } from './ClusterConnection';
import { ClusterSource } from './ClusterSource';
import { fingerprintOf } from './fingerprintOf';
import {
  authProviderOf,
  connectionOfDetails,
  perUserReason,
} from './connectionOfDetails';

/** Providers of the Kubernetes plugin that have a credential of their own: a failure there is passing. */
const SERVER_SIDE_PROVIDERS = new Set([
  'serviceAccount',
  'aws',
  'azure',
  'googleServiceAccount',
  'localKubectlProxy',
]);

/** The clusters that the Kubernetes plugin knows, from all its locators and from suppliers of third parties. */
export class KubernetesPluginSource implements ClusterSource {
  readonly name = 'The Kubernetes plugin';
  readonly #offers: KoalaClustersService;
  readonly #auth: AuthService;
  /** Connections whose strategy has once done without a user, by fingerprint. */
  readonly #proven = new Set<string>();

  static create(options: {
    offers: KoalaClustersService;
    auth: AuthService;
  }): KubernetesPluginSource {
    return new KubernetesPluginSource(options);
  }

  private constructor(options: {
    offers: KoalaClustersService;
    auth: AuthService;
  }) {
    this.#offers = options.offers;
    this.#auth = options.auth;
  }

  /** Undefined until the plugin has offered its clusters. */
  async clusters(): Promise<readonly ClusterConnection[] | undefined> {
    const access = this.#offers.current();
    if (!access) {
      return undefined;
    }
    const clusters = await access.clusterSupplier.getClusters({
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return Promise.all(
      clusters.map(details => this.#connection(access, details)),
    );
  }

  onChange(listener: () => void): () => void {
    return this.#offers.onOffer(listener);
  }

  async #connection(
    { authStrategyMap }: KubernetesAccess,
    details: ClusterDetails,
  ): Promise<ClusterConnection> {
    const provider = authProviderOf(details);
    const strategy = Object.hasOwn(authStrategyMap, provider)
      ? authStrategyMap[provider]
      : undefined;
    const credential = async () => {
      if (!strategy) {
        throw new Error(`there is no strategy for "${provider}"`);
      }
      return credentialOf(await strategy.getCredential(details, {}), provider);
    };
    const noStrategy = strategy
      ? undefined
      : `Its authentication provider "${provider}" has no strategy in the Kubernetes plugin`;
    const connection = await connectionOfDetails({
      details,
      credential,
      unwatchable: perUserReason(provider) ?? noStrategy,
    });
    const { fingerprint } = connection;
    if (
      connection.unwatchable !== undefined ||
      SERVER_SIDE_PROVIDERS.has(provider) ||
      this.#proven.has(fingerprint)
    ) {
      return connection;
    }
    // Of a strategy that Koala does not know, only the attempt tells whether it can do without a user.
    try {
      await credential();
      this.#proven.add(fingerprint);
      return connection;
    } catch (error) {
      const unwatchable = `Its authentication provider "${provider}" gives Koala no credential: ${
        error instanceof Error ? error.message : error
      }`;
      return {
        ...connection,
        unwatchable,
        fingerprint: fingerprintOf([fingerprint, unwatchable]),
      };
    }
  }
}

function credentialOf(
  credential: KubernetesCredential,
  provider: string,
): Credential {
  switch (credential.type) {
    case 'bearer token':
      return { type: 'token', token: credential.token.trim() };
    case 'x509 client certificate':
      return {
        type: 'certificate',
        cert: credential.cert,
        key: credential.key,
      };
    default:
      if (provider !== 'localKubectlProxy') {
        throw new Error('it has neither a token nor a client certificate');
      }
      return { type: 'anonymous' };
  }
}
