import {
  ClusterState,
  ConfigProblem,
  Environment,
  ServiceSummary,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  ServiceCatalog,
  ServiceCatalogChange,
} from '../catalog/ServiceCatalog';
import { KoalaConfig } from '../config/KoalaConfig';
import {
  InventoryChange,
  InventoryReader,
  ObjectChange,
} from '../inventory/InventoryReader';
import { Agenda } from './Agenda';
import { Announcements } from './Announcements';
import { Claims } from './Claims';
import { ClusterBoard } from './ClusterBoard';
import { Placement } from './Placement';
import { placeSlot } from './placeSlot';
import { ReadModel } from './ReadModel';
import { ResolvedCell, ResolvedChange } from './ResolvedChange';
import {
  behindUpstream,
  downstreamOf,
  rememberHistory,
  upstreamOf,
} from './promotion';
import { resolveSlot } from './resolveSlot';
import { Claim, Slot, SlotMatching } from './Slot';
import { Summaries } from './Summaries';
import { TrackedService, trackService } from './TrackedService';
import { namesOf } from './WorkloadIndex';
import { Workloads } from './Workloads';

/** How often deadlines and grace periods are looked at, in milliseconds. */
const TICK_MS = 1_000;

export interface ResolverOptions {
  config: KoalaConfig;
  inventory: InventoryReader;
  catalog: Pick<ServiceCatalog, 'services' | 'subscribe' | 'ready'>;
  /** Where services are looked for; given where others want to know it too. */
  placement?: Placement;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Unlike that of every other process. */
  instance: string;
}

/**
 * Keeps service x environment up to date: takes what changed in the clusters and in the catalog, and
 * resolves again just the slots that the change can concern.
 */
export class Resolver implements ReadModel {
  static create(options: ResolverOptions): Resolver {
    return new Resolver(options);
  }

  readonly environments: readonly Environment[];
  readonly instance: string;
  readonly #options: ResolverOptions;
  readonly #services = new Map<string, TrackedService>();
  readonly #summaries = new Summaries();
  readonly #cellOfSlot = new Map<Slot, ResolvedCell>();
  readonly #placement: Placement;
  readonly #claims = new Claims();
  readonly #workloads = new Workloads();
  readonly #clusters: ClusterBoard;
  readonly #announcements = new Announcements();
  readonly #agenda = new Agenda({
    resolve: slot => this.#resolve(slot),
    onSlice: () => this.#commit(),
  });
  /** What the inventory said last of whether it knows which clusters there are. */
  #listed = false;
  #tick?: NodeJS.Timeout;
  #unsubscribe: (() => void)[] = [];

  private constructor(options: ResolverOptions) {
    this.#options = options;
    this.#placement = options.placement ?? new Placement();
    this.#clusters = new ClusterBoard(options);
    this.environments = options.config.environments;
    this.instance = options.instance;
  }

  get ready(): boolean {
    return this.#options.catalog.ready && this.#tick !== undefined;
  }

  get number(): number {
    return this.#announcements.number;
  }

  start(): void {
    const { inventory, catalog } = this.#options;
    this.#unsubscribe = [
      inventory.subscribe(change => this.#onInventory(change)),
      catalog.subscribe(change => this.#onCatalog(change)),
    ];
    this.#onCatalog({ changed: [...catalog.services().values()], removed: [] });
    this.#tick = setInterval(() => this.#recheck(), TICK_MS);
    this.#tick.unref?.();
  }

  stop(): void {
    this.#unsubscribe.forEach(unsubscribe => unsubscribe());
    clearInterval(this.#tick);
    this.#agenda.stop();
    this.#announcements.stop();
  }

  problems(): readonly ConfigProblem[] {
    return [...this.#options.config.problems, ...this.#clusters.problems()];
  }

  services(): ReadonlyMap<string, ServiceSummary> {
    return this.#summaries.all();
  }

  *cells(): Iterable<ResolvedCell> {
    for (const { cells } of this.#services.values()) yield* cells;
  }

  cellsOf(service: string): readonly ResolvedCell[] {
    return this.#services.get(service)?.cells ?? [];
  }

  claimantsOf(cluster: string, uid: string): Iterable<Slot> {
    return this.#claims.on(cluster, uid);
  }

  isClaimed(cluster: string, uid: string): boolean {
    return this.#claims.servicesOn(cluster, uid).size > 0;
  }

  namespacesIn(place: { environment: string; target: string }): Set<string> {
    const names = new Set<string>();
    for (const [slot] of this.#cellOfSlot) {
      const { environment, target, namespaces } = slot;
      if (
        environment.name === place.environment &&
        target.name === place.target
      ) {
        namespaces.forEach(namespace => names.add(namespace));
      }
    }
    return names;
  }

  workloadsIn(cluster: string, namespace: string): Iterable<WorkloadObject> {
    return this.#workloads.in(cluster, namespace)?.all() ?? [];
  }

  matchingOf(service: string): SlotMatching | undefined {
    return this.#services.get(service)?.matching;
  }

  clusters(): readonly ClusterState[] {
    return this.#clusters.all();
  }

  since(number: number): ResolvedChange | undefined {
    return this.#announcements.since(number);
  }

  subscribe(listener: (change: ResolvedChange) => void): () => void {
    return this.#announcements.subscribe(listener);
  }

  #onCatalog({ changed, removed }: ServiceCatalogChange): void {
    for (const ref of removed) {
      this.#forget(ref);
      this.#summaries.remove(ref);
    }
    for (const identity of changed) {
      const before = this.#forget(identity.ref);
      const tracked = trackService({
        identity,
        environments: this.environments,
        inventory: this.#options.inventory,
        before,
      });
      this.#services.set(identity.ref, tracked);
      for (const cell of tracked.cells) {
        for (const slot of cell.slots) {
          this.#cellOfSlot.set(slot, cell);
          this.#placement.add(slot, tracked.matching);
          // Announced even if unchanged: another owner may show it to other readers.
          this.#announcements.changed(cell, slot.target.name);
        }
        this.#agenda.add(cell.slots);
      }
    }
    // A name that came or went can make another service ambiguous, or unambiguous.
    this.#summaries.markStale(this.#services.keys());
    this.#agenda.schedule();
  }

  #forget(ref: string): TrackedService | undefined {
    const tracked = this.#services.get(ref);
    if (!tracked) return undefined;
    this.#services.delete(ref);
    this.#announcements.retired({ ref, cells: tracked.cells });
    for (const { slots } of tracked.cells) {
      for (const slot of slots) {
        this.#summaries.markStale(this.#claims.replace(slot, []));
        this.#placement.remove(slot, tracked.matching);
        this.#cellOfSlot.delete(slot);
        this.#agenda.remove(slot);
      }
    }
    return tracked;
  }

  #onInventory({ cluster, objects, stateChanged }: InventoryChange): void {
    for (const change of objects) this.#onObject(cluster, change);
    if (stateChanged) {
      this.#clusters.markStale();
      this.#agenda.add(this.#placement.onCluster(cluster));
    }
    this.#agenda.schedule();
  }

  #onObject(cluster: string, change: ObjectChange): void {
    if (change.kind === 'Namespace') {
      this.#placeAgain(cluster);
      return;
    }
    const concern = this.#workloads.apply(cluster, change);
    if (!concern) return;
    if ('workload' in concern) {
      this.#agenda.add(this.#claims.on(cluster, concern.workload));
      return;
    }
    const { namespace, names } = concern;
    this.#agenda.add(this.#placement.concernedBy(cluster, namespace, names));
    this.#markNearStale(cluster, namespace, names);
  }

  /** Services that are called almost like a workload that came, went, or was claimed. */
  #markNearStale(
    cluster: string,
    namespace: string,
    names: Iterable<string>,
  ): void {
    for (const slot of this.#placement.nearTo(cluster, namespace, names)) {
      this.#summaries.markStale([slot.service.ref]);
    }
  }

  /** A namespace that came, went or was relabelled can only move slots that select namespaces by label. */
  #placeAgain(cluster: string): void {
    const { inventory } = this.#options;
    for (const slot of [...this.#placement.onCluster(cluster)]) {
      if (!slot.byLabel) continue;
      const place = placeSlot({ ...slot, inventory });
      if (place.namespaces.join() === slot.namespaces.join()) continue;
      const { matching } = this.#services.get(slot.service.ref)!;
      this.#placement.remove(slot, matching);
      Object.assign(slot, place);
      this.#placement.add(slot, matching);
      this.#agenda.add([slot]);
    }
  }

  #recheck(): void {
    const { now, inventory } = this.#options;
    if (!this.#listed && inventory.clustersListed()) {
      this.#listed = true;
      this.#clusters.markStale();
      this.#agenda.add(this.#cellOfSlot.keys());
      this.#agenda.schedule();
    }
    this.#agenda.recheck(now());
  }

  #resolve(slot: Slot): void {
    const { cluster } = slot.target;
    const { state: shown } = slot;
    const { matching, cells } = this.#services.get(slot.service.ref)!;
    const { state, ...outcome } = resolveSlot({
      slot,
      matching,
      inventory: this.#options.inventory,
      workloadsOf: namespace => this.#workloads.in(cluster, namespace),
      now: this.#options.now(),
    });
    this.#claim(slot, outcome.claims);
    Object.assign(slot, { recheckAt: undefined, ...outcome });
    this.#agenda.resolved(slot);
    this.#tellDownstream(slot, cells);
    const behind = behindUpstream(state, upstreamOf(slot, cells));
    slot.state = behind ? { ...state, behind } : state;
    if (shown.status !== state.status) {
      // Only where nothing is deployed is something else taken for a near miss.
      this.#summaries.markStale([slot.service.ref]);
    }
    if (JSON.stringify(shown) !== JSON.stringify(slot.state)) {
      this.#announcements.changed(
        this.#cellOfSlot.get(slot)!,
        slot.target.name,
      );
    }
  }

  /** A workload that is claimed is no near miss of another service any more, and the other way round. */
  #claim(slot: Slot, claims: readonly Claim[]): void {
    const { cluster } = slot.target;
    const kept = new Set(claims.map(({ uid }) => uid));
    const known = new Set(slot.claims.map(({ uid }) => uid));
    const changed = [
      ...slot.claims.filter(({ uid }) => !kept.has(uid)),
      ...claims.filter(({ uid }) => !known.has(uid)),
    ];
    this.#summaries.markStale(this.#claims.replace(slot, claims));
    if (changed.length > 0) this.#summaries.markStale([slot.service.ref]);
    for (const { namespace, uid } of changed) {
      const workload = this.#workloads.in(cluster, namespace)?.get(uid);
      if (workload) this.#markNearStale(cluster, namespace, namesOf(workload));
    }
  }

  /** What runs upstream decides how far the environments after it are behind. */
  #tellDownstream(slot: Slot, cells: readonly ResolvedCell[]): void {
    const downstream = downstreamOf(slot, cells);
    if (downstream.length === 0) return;
    const { cluster } = slot.target;
    const isNews = rememberHistory({
      slot,
      workloadOf: ({ namespace, uid }) =>
        this.#workloads.in(cluster, namespace)?.get(uid),
      inventory: this.#options.inventory,
    });
    if (isNews) this.#agenda.add(downstream);
  }

  #commit(): void {
    this.#announcements.commit({
      services: this.#summaries.refresh({
        services: this.#services,
        claims: this.#claims,
        workloads: this.#workloads,
      }),
      clusters: this.#clusters.refresh(),
    });
  }
}
