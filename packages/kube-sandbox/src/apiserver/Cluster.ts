import { randomInt } from 'node:crypto';
import { Authenticator, Tokens, User } from '../access/Authenticator';
import { RoleBasedAccess } from '../access/RoleBasedAccess';
import { ServiceAccountTokens } from '../access/ServiceAccountTokens';
import { KubeObject } from '../objects/KubeObject';
import { WriteContext } from '../registry/Strategy';
import { ResourceType } from '../registry/Registry';
import { Store } from '../storage/Store';
import { KubeletCredentials } from '../tls/kubeletCredentials';
import { Faults } from './Faults';
import { KubeletClient } from './KubeletClient';

/** Tells the time; tests inject their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** One simulated cluster as its API server sees it. */
export class Cluster {
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly bookmarkIntervalMs: number;
  /** How kubelets are asked for what only they know. */
  readonly kubelets: KubeletClient;
  /** Decides what somebody may do. */
  readonly access: RoleBasedAccess;
  readonly serviceAccountTokens: ServiceAccountTokens;
  readonly authenticator: Authenticator;

  constructor(options: {
    name: string;
    store: Store;
    clock?: Clock;
    faults?: Faults;
    bookmarkIntervalMs?: number;
    kubelet?: KubeletCredentials;
    tokens: Tokens;
    /** Keeps the key that signs the tokens of service accounts. */
    keyFile?: string;
  }) {
    this.name = options.name;
    this.store = options.store;
    this.clock = options.clock ?? { now: () => Date.now() };
    this.faults = options.faults ?? {};
    this.bookmarkIntervalMs = options.bookmarkIntervalMs ?? 60_000;
    this.kubelets = new KubeletClient({
      credentials: options.kubelet,
      store: this.store,
    });
    this.access = new RoleBasedAccess(this.store);
    this.serviceAccountTokens = new ServiceAccountTokens({
      store: this.store,
      clock: this.clock,
      keyFile: options.keyFile,
    });
    this.authenticator = new Authenticator({
      tokens: options.tokens,
      serviceAccounts: this.serviceAccountTokens,
    });
  }

  /** What a strategy of that resource may see of the cluster. */
  writeContext(type: ResourceType, user?: User): WriteContext {
    return {
      get: ({ group, resource }, namespace, name) =>
        this.store.get(`${group}/${resource}`, namespace, name),
      list: ({ group, resource }): KubeObject[] =>
        this.store.collection(`${group}/${resource}`).list(),
      now: () => this.clock.now(),
      requester: user && { user, access: this.access },
      resource: { group: type.group, resource: type.resource },
    };
  }

  random(below: number): number {
    return randomInt(below);
  }
}
