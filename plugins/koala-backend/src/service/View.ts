import {
  Cell,
  cellOf,
  ConfigProblem,
  Environment,
  EnvironmentSummary,
  Matrix,
  MatrixChange,
  ServiceSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import { resourceOf } from '../permissions/koalaServiceResource';
import { Visibility } from '../permissions/Visibility';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedCell, ResolvedChange } from '../resolution/ResolvedChange';
import { Slot } from '../resolution/Slot';

/**
 * What a reader may see of the read model. The only code that leaves anything out, so that lists, cells,
 * streams and counts can never disagree.
 */
export class View {
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
      clusters: [...this.model.clusters()],
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
          targets: changed.map(({ state }) => state),
        },
      ];
    });
    const visible: Partial<MatrixChange> = {
      cells,
      services: change.services.filter(({ ref }) => this.seesService(ref)),
      removedServices: change.retired
        .filter(({ cells: before }) => before.some(cell => this.#sees(cell)))
        .map(({ ref }) => ref)
        .filter(ref => !this.seesService(ref)),
      clusters: [...change.clusters],
    };
    const parts = Object.entries(visible).filter(([, part]) => part.length > 0);
    if (parts.length === 0) return undefined;
    return {
      revision: this.revision(change.number),
      ...Object.fromEntries(parts),
      ...(change.clusters.length > 0 ? { problems: this.problems() } : {}),
    };
  }

  revision(number: number): string {
    return `${this.model.instance}.${number}`;
  }

  services(): ServiceSummary[] {
    return [...this.model.services().values()].filter(({ ref }) =>
      this.seesService(ref),
    );
  }

  seesService(ref: string): boolean {
    return this.model.cellsOf(ref).some(cell => this.#sees(cell));
  }

  environments(): EnvironmentSummary[] {
    return this.model.environments.map(summariseEnvironment);
  }

  problems(): ConfigProblem[] {
    return [...this.model.problems()];
  }

  /** The slots of a cell that the reader may see. */
  slotsOf(cell: ResolvedCell): Slot[] {
    return this.#seen(cell);
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
    return seen.length === slots.length
      ? cell
      : cellOf({
          service: cell.service,
          environment: cell.environment,
          targets: seen.map(({ state }) => state),
        });
  }

  #seen({ slots }: ResolvedCell): Slot[] {
    return slots.filter(slot => this.visibility.sees(resourceOf(slot)));
  }

  #sees({ slots }: ResolvedCell): boolean {
    return slots.some(slot => this.visibility.sees(resourceOf(slot)));
  }
}

function summariseEnvironment(environment: Environment): EnvironmentSummary {
  const { name, title, tier, promotesFrom, targets } = environment;
  return {
    name,
    title,
    tier,
    promotesFrom,
    targets: targets.map(target => ({
      name: target.name,
      cluster: target.cluster,
    })),
  };
}
