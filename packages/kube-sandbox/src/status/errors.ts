import { StatusCause, StatusError } from './StatusError';

/** A resource or a kind, for the messages of errors. */
export interface Named {
  group: string;
  /** Plural resource (`deployments`) or kind (`Deployment`), as the real server says in that message. */
  kind: string;
  name?: string;
}

const qualified = ({ group, kind }: Named) =>
  group ? `${kind}.${group}` : kind;

function details(named: Named, causes?: StatusCause[]) {
  return {
    ...(named.name && { name: named.name }),
    ...(named.group && { group: named.group }),
    ...(named.kind && { kind: named.kind }),
    ...(causes && causes.length > 0 && { causes }),
  };
}

export function notFound(named: Named): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(named)} "${named.name ?? ''}" not found`,
    details: details(named),
  });
}

export function alreadyExists(
  named: Named,
  isBeingDeleted = false,
): StatusError {
  const prefix = isBeingDeleted ? 'object is being deleted: ' : '';
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${prefix}${qualified(named)} "${
      named.name ?? ''
    }" already exists`,
    details: details(named),
  });
}

export function conflict(named: Named, message: string): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(named)} "${
      named.name
    }": ${message}`,
    details: details(named),
  });
}

/** The object changed since the client read it. */
export function modified(named: Named): StatusError {
  return conflict(
    named,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** 422 with one cause per field; `named.kind` is the kind. */
export function invalid(named: Named, causes: StatusCause[]): StatusError {
  const texts = causes.map(cause => `${cause.field}: ${cause.message}`);
  const unique = [...new Set(texts)];
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(named)} "${named.name ?? ''}" is invalid: ${
      unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`
    }`,
    details: details(named, causes),
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

export function forbidden(
  named: Named,
  message: string,
  causes?: StatusCause[],
): StatusError {
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: named.name
      ? `${qualified(named)} "${named.name}" is forbidden: ${message}`
      : `${qualified(named)} is forbidden: ${message}`,
    details: details(named, causes),
  });
}

export function unauthorized(): StatusError {
  return new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

export function methodNotAllowed(): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

/** No such resource in a group and version that exist. */
export function noSuchResource(): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function notAcceptable(
  message: string,
  moreDetails?: StatusError['status']['details'],
): StatusError {
  return new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message,
    details: moreDetails,
  });
}

/** The body of a POST or PUT has a media type that is not understood. */
export function unknownBodyFormat(): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message:
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  });
}

/** A PATCH of a kind that is not understood. */
export function unsupportedPatchType(): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
    details: {},
  });
}

/** A JSON patch that does not fit the object. */
export function patchDoesNotApply(): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}

export function requestTooLarge(detail: string): StatusError {
  return new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: ${detail}`,
  });
}

/** Asked for a resourceVersion that the cluster has not reached. */
export function tooLargeResourceVersion(
  asked: number,
  current: number,
): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}

/** 410: the history that the request needs is gone. */
export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError({
    code: 410,
    reason: 'Expired',
    message,
    continueToken,
  });
}

/** A failure that has no reason of its own; the real server answers some bad requests so. */
export function internalError(message: string): StatusError {
  return new StatusError({ code: 500, message });
}
