/** An answer of the API server that is not a success. */
export class ApiError extends Error {
  /** The HTTP status, or the code of a `Status` object inside a watch. */
  readonly status: number;
  /** `reason` of the `Status` object, such as `Expired`. */
  readonly reason?: string;
  /** Reasons of its causes, such as `ResourceVersionTooLarge`. */
  readonly causes: readonly string[];
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number;
  /** What was asked for, in the words of Kubernetes. */
  readonly verb?: 'list' | 'watch';

  constructor(options: {
    status: number;
    message: string;
    reason?: string;
    causes?: readonly string[];
    retryAfterMs?: number;
    verb?: 'list' | 'watch';
  }) {
    super(options.message);
    this.name = 'ApiError';
    this.status = options.status;
    this.reason = options.reason;
    this.causes = options.causes ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.verb = options.verb;
  }
}

/** An answer that no Kubernetes API server gives: HTML, cut JSON, a list without a version. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolError';
  }
}
