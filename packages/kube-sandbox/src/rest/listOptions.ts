import { badRequest, internalError, invalid } from '../status/errors';
import { forbiddenField, notSupported } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';

/** The parameters of a list or watch, checked. */
export interface ListOptions {
  watch: boolean;
  limit: number;
  continueToken?: string;
  /** `undefined` where the client does not care. */
  resourceVersion?: number;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  sendInitialEvents?: boolean;
  allowWatchBookmarks: boolean;
  timeoutSeconds?: number;
}

/** How a boolean parameter is read: present and neither `false` nor `0`. */
export function booleanParameter(
  query: URLSearchParams,
  name: string,
): boolean {
  const value = query.get(name);
  return value !== null && !['false', '0'].includes(value.toLowerCase());
}

/** An integer parameter; throws a 400 with Go's words. */
export function integerParameter(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(value)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`,
    );
  }
  return Number(value);
}

/** A resourceVersion parameter. */
export function parseResourceVersion(
  value: string,
  refuse: (detail: string) => Error = internalError,
): number {
  if (!/^\d+$/.test(value)) {
    throw refuse(
      `resourceVersion: Invalid value: ${JSON.stringify(
        value,
      )}: strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`,
    );
  }
  return Number(value);
}

function checkCombination(options: {
  watch: boolean;
  version: string;
  match: string;
  continueToken: string;
  sendInitialEvents: boolean | undefined;
}): StatusCause[] {
  const { watch, version, match, continueToken, sendInitialEvents } = options;
  const field = 'resourceVersionMatch';
  const causes: StatusCause[] = [];
  if (watch) {
    if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
      causes.push(
        forbiddenField(
          field,
          'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        ),
      );
    }
    if (match && sendInitialEvents === undefined) {
      causes.push(
        forbiddenField(
          field,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    } else if (match && match !== 'NotOlderThan') {
      causes.push(notSupported(field, match, ['NotOlderThan']));
    }
    if (continueToken) {
      causes.push(
        forbiddenField(
          field,
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
    return causes;
  }
  if (sendInitialEvents !== undefined) {
    causes.push(
      forbiddenField(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for list',
      ),
    );
  }
  if (!match) {
    return causes;
  }
  if (!version) {
    causes.push(
      forbiddenField(
        field,
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  }
  if (continueToken) {
    causes.push(
      forbiddenField(
        field,
        'resourceVersionMatch is forbidden when continue is provided',
      ),
    );
  }
  if (!['Exact', 'NotOlderThan'].includes(match)) {
    causes.push(notSupported(field, match, ['Exact', 'NotOlderThan', '']));
  }
  if (match === 'Exact' && version === '0') {
    causes.push(
      forbiddenField(
        field,
        'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ),
    );
  }
  return causes;
}

/** Reads and checks the parameters of a list or watch; throws the 400, 422 or 500 of the real server. */
export function parseListOptions(query: URLSearchParams): ListOptions {
  const watch = booleanParameter(query, 'watch');
  const limit = integerParameter(query, 'limit') ?? 0;
  const timeoutSeconds = integerParameter(query, 'timeoutSeconds');
  const version = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  const continueToken = query.get('continue') ?? '';
  const sendInitialEvents = query.has('sendInitialEvents')
    ? booleanParameter(query, 'sendInitialEvents')
    : undefined;
  const causes = checkCombination({
    watch,
    version,
    match,
    continueToken,
    sendInitialEvents,
  });
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, causes);
  }
  return {
    watch,
    limit: Math.max(0, limit),
    timeoutSeconds,
    continueToken: continueToken || undefined,
    resourceVersion: version
      ? parseResourceVersion(
          version,
          watch
            ? undefined
            : detail => badRequest(`invalid resource version: ${detail}`),
        )
      : undefined,
    resourceVersionMatch: (match || undefined) as
      | 'Exact'
      | 'NotOlderThan'
      | undefined,
    sendInitialEvents,
    allowWatchBookmarks: booleanParameter(query, 'allowWatchBookmarks'),
  };
}
