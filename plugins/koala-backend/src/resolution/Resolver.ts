import {
  cellOf,
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
import { ChangeLog } from './ChangeLog';
import { Claims } from './Claims';
import { ClusterBoard } from './ClusterBoard';
import { Placement } from './Placement';
import { placeSlot } from './placeSlot';
import { ReadModel } from './ReadModel';
import {
  CellChange,
  ResolvedCell,
  ResolvedChange,
  RetiredService,
} from './ResolvedChange';
import {
  behindUpstream,
  downstreamOf,
  historyOf,
  upstreamOf,
} from './promotion';
import { resolveSlot } from './resolveSlot';
import { Claim, Slot, SlotMatching } from './Slot';
import { Summaries } from './Summaries';
import { TrackedService, trackService } from './TrackedService';
import { namesOf } from './WorkloadIndex';
import { Workloads } from './Workloads';

/** How long resolving may hold the event loop at a time, in milliseconds. */
const SLICE_MS = 10;
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
  readonly #log = new ChangeLog();
  readonly #listeners = new Set<(change: ResolvedChange) => void>();
  /** Slots to resolve again. */
  readonly #dirty = new Set<Slot>();
  /** Slots that time alone will change. */
  readonly #waiting = new Set<Slot>();
  /** Cells to announce with the next revision, and which of their targets. */
  #changed = new Map<ResolvedCell, Set<string>>();
  #retired: RetiredService[] = [];
  /** What the inventory said last of whether it knows which clusters there are. */
  #listed = false;
  #flush?: NodeJS.Immediate;
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
    return this.#log.number;
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
    if (this.#flush) clearImmediate(this.#flush);
    this.#listeners.clear();
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
    return this.#log.since(number);
  }

  subscribe(listener: (change: ResolvedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
          this.#dirty.add(slot);
          // Announced even if unchanged: another owner may show it to other readers.
          this.#markChanged(slot);
        }
      }
    }
    // A name that came or went can make another service ambiguous, or unambiguous.
    this.#summaries.markStale(this.#services.keys());
    this.#schedule();
  }

  #forget(ref: string): TrackedService | undefined {
    const tracked = this.#services.get(ref);
    if (!tracked) return undefined;
    this.#services.delete(ref);
    this.#retired.push({ ref, cells: tracked.cells });
    for (const { slots } of tracked.cells) {
      for (const slot of slots) {
        this.#summaries.markStale(this.#claims.replace(slot, []));
        this.#placement.remove(slot, tracked.matching);
        this.#changed.delete(this.#cellOfSlot.get(slot)!);
        this.#cellOfSlot.delete(slot);
        this.#dirty.delete(slot);
        this.#waiting.delete(slot);
      }
    }
    return tracked;
  }

  #onInventory({ cluster, objects, stateChanged }: InventoryChange): void {
    for (const change of objects) this.#onObject(cluster, change);
    if (stateChanged) {
      this.#clusters.markStale();
      this.#markDirty(this.#placement.onCluster(cluster));
    }
    this.#schedule();
  }

  #onObject(cluster: string, change: ObjectChange): void {
    if (change.kind === 'Namespace') {
      this.#placeAgain(cluster);
      return;
    }
    const concern = this.#workloads.apply(cluster, change);
    if (!concern) return;
    if ('workload' in concern) {
      this.#markDirty(this.#claims.on(cluster, concern.workload));
      return;
    }
    const { namespace, names } = concern;
    this.#markDirty(this.#placement.concernedBy(cluster, namespace, names));
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
      this.#dirty.add(slot);
    }
  }

  #markDirty(slots: Iterable<Slot>): void {
    for (const slot of slots) this.#dirty.add(slot);
  }

  #recheck(): void {
    const { now: clock, inventory } = this.#options;
    const now = clock();
    if (!this.#listed && inventory.clustersListed()) {
      this.#listed = true;
      this.#clusters.markStale();
      this.#markDirty(this.#cellOfSlot.keys());
      this.#schedule();
    }
    for (const slot of this.#waiting) {
      if (slot.recheckAt! <= now) this.#dirty.add(slot);
    }
    if (this.#dirty.size > 0) this.#schedule();
  }

  #schedule(): void {
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      this.#resolveDirty();
    });
  }

  #markChanged(slot: Slot): void {
    const cell = this.#cellOfSlot.get(slot)!;
    const targets = this.#changed.get(cell) ?? new Set();
    this.#changed.set(cell, targets.add(slot.target.name));
  }

  #resolveDirty(): void {
    const end = performance.now() + SLICE_MS;
    for (const slot of this.#dirty) {
      this.#dirty.delete(slot);
      if (this.#resolve(slot)) this.#markChanged(slot);
      if (performance.now() > end) break;
    }
    this.#commit();
    if (this.#dirty.size > 0) this.#schedule();
  }

  /** Returns whether the slot shows something else than before. */
  #resolve(slot: Slot): boolean {
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
    if (slot.recheckAt === undefined) this.#waiting.delete(slot);
    else this.#waiting.add(slot);
    this.#tellDownstream(slot, cells);
    const behind = behindUpstream(state, upstreamOf(slot, cells));
    slot.state = behind ? { ...state, behind } : state;
    if (shown.status !== state.status) {
      // Only where nothing is deployed is something else taken for a near miss.
      this.#summaries.markStale([slot.service.ref]);
    }
    return JSON.stringify(shown) !== JSON.stringify(slot.state);
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
    const before = slot.upstreamKey;
    slot.history = historyOf({
      slot,
      workloadOf: ({ namespace, uid }) =>
        this.#workloads.in(cluster, namespace)?.get(uid),
      inventory: this.#options.inventory,
    });
    slot.upstreamKey = JSON.stringify([
      slot.known?.release?.version,
      slot.history,
    ]);
    if (slot.upstreamKey !== before) this.#markDirty(downstream);
  }

  #commit(): void {
    const cells = [...this.#changed].map(([cell, targets]): CellChange => {
      cell.cell = cellOf({
        service: cell.cell.service,
        environment: cell.cell.environment,
        targets: cell.slots.map(({ state }) => state),
      });
      return { cell, targets: [...targets] };
    });
    this.#changed = new Map();
    const services = this.#summaries.refresh({
      services: this.#services,
      claims: this.#claims,
      workloads: this.#workloads,
    });
    const clusters = this.#clusters.refresh();
    const retired = this.#retired;
    this.#retired = [];
    const parts = [cells, services, clusters, retired];
    if (parts.every(part => part.length === 0)) return;
    const change = this.#log.append({ retired, cells, services, clusters });
    this.#listeners.forEach(listener => listener(change));
  }
}
