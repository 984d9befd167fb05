import { invalid } from '../status/errors';
import { notSupported } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';

/** What happens to fields that a kind does not have. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** The parameters of a write. */
export interface WriteOptions {
  /** Everything is done but the write itself. */
  dryRun: boolean;
  fieldValidation: FieldValidation;
}

const FIELD_VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

/** Reads `dryRun` and `fieldValidation`; `kind` is that of the options, such as `CreateOptions`, for messages. */
export function parseWriteOptions(
  query: URLSearchParams,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
): WriteOptions {
  const causes: StatusCause[] = [];
  const dryRun = query.getAll('dryRun').filter(value => value !== '');
  if (dryRun.some(value => value !== 'All')) {
    causes.push(notSupported('dryRun', dryRun, ['All']));
  }
  const fieldValidation = query.get('fieldValidation') ?? '';
  if (!FIELD_VALIDATIONS.includes(fieldValidation)) {
    causes.push(
      notSupported('fieldValidation', fieldValidation, FIELD_VALIDATIONS),
    );
  }
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind }, causes);
  }
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: (fieldValidation || 'Warn') as FieldValidation,
  };
}
