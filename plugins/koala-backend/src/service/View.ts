import {
  Cell,
  cellOf,
  ClusterState,
  ConfigProblem,
  Environment,
  EnvironmentSummary,
  MatchingFinding,
  Matrix,
  MatrixChange,
  ServiceSummary,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';
import { resourceOf } from '../permissions/koalaServiceResource';
import { Visibility } from '../permissions/Visibility';
import { upstreamOf } from '../resolution/promotion';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedCell, ResolvedChange } from '../resolution/ResolvedChange';
import { Slot } from '../resolution/Slot';

/**
 * What a reader may see of the read model. The only code that leaves anything out, so that lists, cells,
 * streams and counts can never disagree.
 */
export class View {
  #environments?: Environment[];

  constructor(
    private readonly model: ReadModel,
    private readonly visibility: Visibility,
  ) {}

  matrix(): Matrix {
    const cells = this.#cells();
    const services = this.services();
    return {
      revision: this.revision(this.model.number),
      environments: this.environments(),
      services,
      cells,
      clusters: this.clusters(),
      problems: this.problems(),
    };
  }

  /** Undefined where the reader sees nothing of the change. */
  change(change: ResolvedChange): MatrixChange | undefined {
    const cells = change.cells.flatMap(({ cell, targets }) => {
      const seen = this.#seen(cell);
      const changed = seen.filter(({ target }) =>
        targets.includes(target.name),
      );
      if (changed.length === 0) return [];
      return [
        {
          ...this.#cellOf(cell, seen),
          targets: changed.map(slot => this.stateOf(slot)),
        },
      ];
    });
    const visible: Partial<MatrixChange> = {
      cells,
      services: change.services
        .filter(({ ref }) => this.seesService(ref))
        .map(service => this.summaryOf(service)),
      removedServices: change.retired
        .filter(({ cells: before }) => before.some(cell => this.#sees(cell)))
        .map(({ ref }) => ref)
        .filter(ref => !this.seesService(ref)),
      clusters: change.clusters.filter(({ name }) => this.seesCluster(name)),
    };
    const parts = Object.entries(visible).filter(([, part]) => part.length > 0);
    if (parts.length === 0) return undefined;
    return {
      revision: this.revision(change.number),
      ...Object.fromEntries(parts),
      ...(change.clusters.length > 0 && this.#hidesNoPlace()
        ? { problems: this.problems() }
        : {}),
    };
  }

  revision(number: number): string {
    return `${this.model.instance}.${number}`;
  }

  services(): ServiceSummary[] {
    return [...this.model.services().values()]
      .filter(({ ref }) => this.seesService(ref))
      .map(service => this.summaryOf(service));
  }

  seesService(ref: string): boolean {
    return this.model.cellsOf(ref).some(cell => this.#sees(cell));
  }

  /** A service without what is found about places and services that the reader may not see. */
  summaryOf(service: ServiceSummary): ServiceSummary {
    if (!service.findings) return service;
    const { findings, ...summary } = service;
    const cells = this.model.cellsOf(service.ref);
    const seen = findings
      .filter(
        ({ environment }) =>
          environment === undefined ||
          cells.some(
            cell => cell.cell.environment === environment && this.#sees(cell),
          ),
      )
      .map(finding => this.#withoutHiddenRival(finding));
    return seen.length > 0 ? { ...summary, findings: seen } : summary;
  }

  /** Environments, with their targets, in which there could be a service that the reader may see. */
  environments(): EnvironmentSummary[] {
    const seen = this.seenEnvironments();
    const names = new Set(seen.map(({ name }) => name));
    return seen.map(({ name, title, tier, promotesFrom, targets }) => ({
      name,
      title,
      tier,
      promotesFrom:
        promotesFrom !== undefined && names.has(promotesFrom)
          ? promotesFrom
          : undefined,
      targets: targets.map(target => ({
        name: target.name,
        cluster: target.cluster,
      })),
    }));
  }

  /** The same, as configured. */
  seenEnvironments(): Environment[] {
    this.#environments ??= this.model.environments.flatMap(environment => {
      const { name, tier } = environment;
      const targets = environment.targets.filter(({ cluster }) =>
        this.visibility.mayHold({ environment: name, tier, cluster }),
      );
      return targets.length > 0 ? [{ ...environment, targets }] : [];
    });
    return this.#environments;
  }

  /** States of the clusters of these environments. */
  clusters(): ClusterState[] {
    return this.model.clusters().filter(({ name }) => this.seesCluster(name));
  }

  seesCluster(name: string): boolean {
    return (
      this.#hidesNoPlace() ||
      this.seenEnvironments().some(({ targets }) =>
        targets.some(({ cluster }) => cluster === name),
      )
    );
  }

  /** May the reader see what runs in a namespace, whoever owns it? */
  seesNamespace(options: {
    environment: Pick<Environment, 'name' | 'tier'>;
    cluster: string;
    namespace: string;
  }): boolean {
    const { environment, cluster, namespace } = options;
    return this.visibility.seesAll({
      environment: environment.name,
      tier: environment.tier,
      cluster,
      namespaces: [namespace],
    });
  }

  /** The same, in any environment that the cluster is part of. */
  seesNamespaceOn(cluster: string, namespace: string): boolean {
    return this.seenEnvironments().some(
      environment =>
        environment.targets.some(target => target.cluster === cluster) &&
        this.seesNamespace({ environment, cluster, namespace }),
    );
  }

  /** Mistakes of the configuration name environments and clusters: they are for readers who may see all of these. */
  problems(): ConfigProblem[] {
    return this.#hidesNoPlace() ? [...this.model.problems()] : [];
  }

  /** The state of a slot, without a word on an environment upstream that the reader may not see. */
  stateOf(slot: Slot): TargetState {
    if (!slot.state.behind || this.#seesUpstreamOf(slot)) return slot.state;
    const { behind, ...state } = slot.state;
    return state;
  }

  /** The slots of a cell that the reader may see. */
  slotsOf(cell: ResolvedCell): Slot[] {
    return this.#seen(cell);
  }

  /** Services that the reader sees claim a workload; sorted. */
  claimantsOf(cluster: string, uid: string): string[] {
    const refs = [...this.model.claimantsOf(cluster, uid)]
      .filter(slot => this.visibility.sees(resourceOf(slot)))
      .map(slot => slot.service.ref);
    return [...new Set(refs)].sort();
  }

  cellOf(cell: ResolvedCell): Cell {
    return this.#cellOf(cell, this.#seen(cell));
  }

  #cells(): Cell[] {
    const cells: Cell[] = [];
    for (const cell of this.model.cells()) {
      const seen = this.#seen(cell);
      if (seen.length > 0) cells.push(this.#cellOf(cell, seen));
    }
    return cells;
  }

  #cellOf({ cell, slots }: ResolvedCell, seen: readonly Slot[]): Cell {
    // A reader who sees only some targets gets the state of those: the rest must not shine through.
    return seen.length === slots.length &&
      (!cell.behind || seen.every(slot => this.stateOf(slot) === slot.state))
      ? cell
      : cellOf({
          service: cell.service,
          environment: cell.environment,
          targets: seen.map(slot => this.stateOf(slot)),
        });
  }

  #seesUpstreamOf(slot: Slot): boolean {
    const upstream = upstreamOf(slot, this.model.cellsOf(slot.service.ref));
    return upstream !== undefined && this.visibility.sees(resourceOf(upstream));
  }

  #withoutHiddenRival(finding: MatchingFinding): MatchingFinding {
    const { service, ...rest } = finding;
    return service === undefined || this.seesService(service)
      ? finding
      : {
          ...rest,
          message: rest.message.replaceAll(
            service,
            'a service that you may not see',
          ),
        };
  }

  #hidesNoPlace(): boolean {
    const count = (environments: readonly Environment[]) =>
      environments.reduce((sum, { targets }) => sum + targets.length, 0);
    return count(this.seenEnvironments()) === count(this.model.environments);
  }

  #seen({ slots }: ResolvedCell): Slot[] {
    return slots.filter(slot => this.visibility.sees(resourceOf(slot)));
  }

  #sees({ slots }: ResolvedCell): boolean {
    return slots.some(slot => this.visibility.sees(resourceOf(slot)));
  }
}
