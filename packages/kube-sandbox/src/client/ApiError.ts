/** The parts of a Kubernetes `Status` that say what went wrong. */
interface StatusBody {
  message?: string;
  reason?: string;
  details?: { causes?: { reason?: string }[] };
}

/**
 * An answer of the API server that is not a success.
 *
 * @public
 */
export class ApiError extends Error {
  /** HTTP status. */
  readonly code: number;
  /** `AlreadyExists`, `Conflict`, `NotFound` …; empty where the server gave none. */
  readonly reason: string;
  /** Reasons of the causes: `NamespaceTerminating` … */
  readonly causes: readonly string[];

  private constructor(options: {
    code: number;
    message: string;
    body?: StatusBody;
  }) {
    super(options.message);
    this.name = 'ApiError';
    this.code = options.code;
    this.reason = options.body?.reason ?? '';
    this.causes = (options.body?.details?.causes ?? []).map(
      cause => cause.reason ?? '',
    );
  }

  static fromResponse(options: {
    code: number;
    text: string;
    request: string;
  }): ApiError {
    let body: StatusBody | undefined;
    try {
      body = JSON.parse(options.text) ?? undefined;
    } catch {
      // Not JSON: a proxy or a server in trouble. The status code says enough.
    }
    return new ApiError({
      code: options.code,
      message: body?.message ?? `${options.request} answered ${options.code}`,
      body,
    });
  }

  static is(error: unknown, ...codes: number[]): error is ApiError {
    return error instanceof ApiError && codes.includes(error.code);
  }
}

/** The object was changed by someone else meanwhile: read it again and retry. */
export function isConflict(error: unknown): boolean {
  return ApiError.is(error, 409) && error.reason !== 'AlreadyExists';
}

/** Creating in a namespace that is being deleted will never succeed. */
export function isNamespaceTerminating(error: unknown): boolean {
  return (
    ApiError.is(error, 403) && error.causes.includes('NamespaceTerminating')
  );
}
