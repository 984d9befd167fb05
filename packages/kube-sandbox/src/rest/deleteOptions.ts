import { Fields } from '../objects/KubeObject';
import { decode, DecodeError } from '../schema/decode';
import { badRequest, invalid } from '../status/errors';
import { invalidValue, notSupported } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';
import { booleanParameter, integerParameter } from './listOptions';

/** How something is deleted, from the body or the query of a DELETE. */
export interface DeleteOptions {
  dryRun: boolean;
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/** What `orphanDependents`, the older way to say it, means. */
function policyOf(
  orphanDependents: boolean | undefined,
): DeleteOptions['propagationPolicy'] {
  if (orphanDependents === undefined) {
    return undefined;
  }
  return orphanDependents ? 'Orphan' : 'Background';
}

function checkKind(body: unknown) {
  const { kind, apiVersion = 'v1' } = (body ?? {}) as Fields;
  if (kind && kind !== 'DeleteOptions') {
    throw badRequest(
      `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
}

/** Reads DeleteOptions; a body wins over the query, as on the real server. */
export function parseDeleteOptions(
  query: URLSearchParams,
  body: unknown,
): DeleteOptions {
  let given: Fields;
  if (body !== undefined) {
    checkKind(body);
    try {
      given = decode('meta.v1.DeleteOptions', body).value;
    } catch (error) {
      if (error instanceof DecodeError) {
        throw badRequest(error.message);
      }
      throw error;
    }
  } else {
    given = {
      gracePeriodSeconds: integerParameter(query, 'gracePeriodSeconds'),
      propagationPolicy: query.get('propagationPolicy') ?? undefined,
      orphanDependents: query.has('orphanDependents')
        ? booleanParameter(query, 'orphanDependents')
        : undefined,
    };
  }
  // `dryRun` counts wherever it stands, so that a dry run never deletes.
  const dryRun: string[] = [...query.getAll('dryRun'), ...(given.dryRun ?? [])];
  const causes: StatusCause[] = [];
  if (given.propagationPolicy && given.orphanDependents !== undefined) {
    causes.push(
      invalidValue(
        'propagationPolicy',
        given.propagationPolicy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    );
  } else if (
    given.propagationPolicy &&
    !POLICIES.includes(given.propagationPolicy)
  ) {
    causes.push(
      notSupported('propagationPolicy', given.propagationPolicy, [
        ...POLICIES,
        'nil',
      ]),
    );
  }
  if (dryRun.some(value => value !== 'All')) {
    causes.push(notSupported('dryRun', dryRun, ['All']));
  }
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, causes);
  }
  return {
    dryRun: dryRun.length > 0,
    gracePeriodSeconds: given.gracePeriodSeconds,
    propagationPolicy:
      given.propagationPolicy ?? policyOf(given.orphanDependents),
    preconditions: given.preconditions,
  };
}
