import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { createInterner } from '../reflector/Interner';
import { Reflector } from '../reflector/Reflector';
import { ReflectorStats } from '../reflector/ReflectorStats';
import {
  WATCHED_RESOURCES,
  WatchedResource,
} from '../reflector/WatchedResource';
import { ClusterTransport } from '../transport/ClusterTransport';
import { ScopeState } from './clusterCondition';
import { FleetResources } from './FleetResources';
import { KindState } from './InventoryReader';
import { KIND_GRACE_MS, kindErrorOf } from './kindErrorOf';
import { scopeStep } from './scopeStep';

/** The reflectors of one kind: one for all namespaces, and others for single ones while that may not be. */
interface KindReflectors {
  readonly resource: WatchedResource;
  readonly whole: Reflector;
  readonly parts: Map<string, Reflector>;
}

/**
 * The reflectors of one cluster: one per kind, and where the account may not read a kind in all namespaces at
 * once, one for each namespace that is asked for.
 */
export class ReflectorSet {
  readonly #options: ReflectorSetOptions;
  readonly #intern = createInterner();
  readonly #kinds = new Map<WatchedKind, KindReflectors>();
  #wanted: readonly string[] = [];

  static start(options: ReflectorSetOptions): ReflectorSet {
    return new ReflectorSet(options);
  }

  private constructor(options: ReflectorSetOptions) {
    this.#options = options;
    for (const resource of WATCHED_RESOURCES) {
      const whole = this.#reflector(resource);
      this.#kinds.set(resource.kind, { resource, whole, parts: new Map() });
    }
    this.#kinds.forEach(({ whole }) => whole.start());
  }

  stop(): void {
    this.#all().forEach(reflector => reflector.stop());
  }

  /** The cluster answers again. */
  reachable(): void {
    this.#all().forEach(reflector => reflector.reachable());
  }

  stats(): ReflectorStats[] {
    return this.#all().map(reflector => reflector.stats());
  }

  /** How every kind stands, in every scope that counts: the single namespaces where these are followed. */
  scopes(): ScopeState[] {
    return [...this.#kinds.values()].flatMap(({ resource, whole, parts }) =>
      (parts.size > 0 ? [...parts.values()] : [whole]).map(reflector => ({
        kind: resource.kind,
        namespace: reflector.namespace,
        state: this.#stateOf(reflector),
      })),
    );
  }

  /** How a kind stands, in one namespace or in all that are followed. */
  kindState(kind: WatchedKind, namespace?: string): KindState {
    const { resource, whole, parts } = this.#kinds.get(kind)!;
    if (parts.size === 0 || (namespace === undefined && !resource.namespaced)) {
      return this.#stateOf(whole);
    }
    if (namespace !== undefined) {
      const part = parts.get(namespace);
      // A namespace that was asked for just now is not followed yet.
      return part ? this.#stateOf(part) : { synced: false };
    }
    const states = [...parts.values()].map(part => this.#stateOf(part));
    return {
      synced: states.every(({ synced }) => synced),
      error: states.find(({ error }) => error)?.error,
    };
  }

  /** When a fault that is not shown yet will have lasted long enough to be; ms since the epoch. */
  dueFaults(): number[] {
    return this.#all().flatMap(({ state }) =>
      state.failingSince === undefined
        ? []
        : [state.failingSince + KIND_GRACE_MS],
    );
  }

  /** Which namespaces to follow one by one where a kind may not be read as a whole. */
  followNamespaces(namespaces: readonly string[]): void {
    this.#wanted = namespaces;
    this.#kinds.forEach(kind => this.#adjust(kind));
  }

  #adjust({ resource, whole, parts }: KindReflectors): void {
    const { apart, enter, leave } = scopeStep({
      namespaced: resource.namespaced,
      whole: whole.state,
      followed: [...parts.keys()],
      wanted: this.#wanted,
    });
    if (enter.length > 0 && parts.size === 0) {
      whole.superseded();
    }
    for (const namespace of leave) {
      parts.get(namespace)!.stop();
      parts.delete(namespace);
    }
    for (const namespace of enter) {
      const part = this.#reflector(resource, namespace);
      parts.set(namespace, part);
      part.start();
    }
    if (apart && enter.length + leave.length > 0) {
      const { cluster, shared } = this.#options;
      shared.inventory
        .writer(cluster, resource.kind)
        .retain(new Set(parts.keys()));
    }
  }

  /** Taken in at once, so that no part writes what is older than the whole list that has just come. */
  #changed(resource: WatchedResource, namespace?: string): void {
    if (namespace === undefined) {
      this.#adjust(this.#kinds.get(resource.kind)!);
    }
    this.#options.onChange();
  }

  #reflector(resource: WatchedResource, namespace?: string): Reflector {
    const { cluster, transport, shared } = this.#options;
    const { inventory, clock, random, semaphore, share, timing } = shared;
    return Reflector.create({
      cluster,
      resource,
      namespace,
      transport,
      writer: inventory.writer(cluster, resource.kind, namespace),
      semaphore,
      share,
      intern: this.#intern,
      clock,
      random,
      timing,
      onChange: () => this.#changed(resource, namespace),
    });
  }

  #all(): Reflector[] {
    return [...this.#kinds.values()].flatMap(({ whole, parts }) => [
      whole,
      ...parts.values(),
    ]);
  }

  #stateOf(reflector: Reflector): KindState {
    return {
      synced: reflector.synced,
      error: kindErrorOf(reflector.state, this.#options.shared.clock.now()),
    };
  }
}

interface ReflectorSetOptions {
  cluster: string;
  transport: ClusterTransport;
  shared: FleetResources;
  /** Called whenever a reflector changes its phase or completes a list. */
  onChange: () => void;
}
