import { invalid } from '../status/errors';
import { MANAGER_NAME_LIMIT, unprintable } from '../managedfields/managerName';
import {
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from '../status/fieldErrors';
import { booleanParameter } from './listOptions';
import { StatusCause } from '../status/StatusError';

/** What happens to fields that a kind does not have. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** The parameters of a write. */
export interface WriteOptions {
  /** Everything is done but the write itself. */
  dryRun: boolean;
  fieldValidation: FieldValidation;
  /** Name of the field manager, where the client gives one. */
  fieldManager?: string;
  /** An apply takes over fields that others own. */
  force: boolean;
}

const FIELD_VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

function validateFieldManager(name: string): StatusCause[] {
  const causes: StatusCause[] = [];
  if (Buffer.byteLength(name) > MANAGER_NAME_LIMIT) {
    causes.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MANAGER_NAME_LIMIT} bytes`,
      field: 'fieldManager',
    });
  }
  const bad = unprintable(name);
  if (bad) {
    const code = bad.character.codePointAt(0)!.toString(16).toUpperCase();
    causes.push(
      invalidValue(
        'fieldManager',
        name,
        `invalid character U+${code.padStart(4, '0')} (at position ${
          bad.position
        })`,
      ),
    );
  }
  return causes;
}

/**
 * Reads the parameters of a write; `kind` is that of the options, such as `CreateOptions`, for messages. An apply (a kind of
 * patch) needs a field manager and may be forced.
 */
export function parseWriteOptions(
  query: URLSearchParams,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  isApply = false,
): WriteOptions {
  const causes: StatusCause[] = [];
  const fieldManager = query.get('fieldManager') ?? '';
  if (isApply && !fieldManager) {
    causes.push(required('fieldManager', 'is required for apply patch'));
  } else if (kind === 'PatchOptions' && !isApply && query.has('force')) {
    causes.push(
      forbiddenField('force', 'may not be specified for non-apply patch'),
    );
  }
  causes.push(...validateFieldManager(fieldManager));
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
    ...(fieldManager && { fieldManager }),
    force: isApply && query.has('force') && booleanParameter(query, 'force'),
  };
}
