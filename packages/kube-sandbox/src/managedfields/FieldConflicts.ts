import { StatusCause, StatusError } from '../status/StatusError';
import { FieldTree, fieldTexts } from './FieldTree';
import { ManagerEntry } from './Managers';

/** What another manager owns of what is being applied. */
export interface FieldConflict {
  owner: ManagerEntry;
  fields: FieldTree;
}

function describe({ owner }: FieldConflict): string {
  const { manager, operation, apiVersion, subresource } = owner;
  return [
    JSON.stringify(manager),
    ...(subresource ? [`with subresource ${JSON.stringify(subresource)}`] : []),
    ...(operation === 'Update' ? [`using ${apiVersion}`] : []),
  ].join(' ');
}

/** An apply that would take fields from others; carries the answer of the real server. */
export class FieldConflicts extends StatusError {
  readonly conflicts: readonly FieldConflict[];

  /** @param conflicts - One per owner, in the order of their ids. */
  constructor(conflicts: readonly FieldConflict[]) {
    const found = conflicts.flatMap(conflict =>
      fieldTexts(conflict.fields).map(field => ({
        owner: describe(conflict),
        field,
      })),
    );
    const causes: StatusCause[] = found.map(({ owner, field }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${owner}`,
      field,
    }));
    const lines = conflicts.flatMap(conflict => [
      `conflicts with ${describe(conflict)}:`,
      ...fieldTexts(conflict.fields).map(field => `- ${field}`),
    ]);
    super({
      code: 409,
      reason: 'Conflict',
      message:
        found.length === 1
          ? `Apply failed with 1 conflict: conflict with ${found[0].owner}: ${found[0].field}`
          : `Apply failed with ${found.length} conflicts: ${lines.join('\n')}`,
      details: { causes },
    });
    this.conflicts = conflicts;
  }
}
