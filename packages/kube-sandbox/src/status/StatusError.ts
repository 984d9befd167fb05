/** One cause of a refused request, as in `status.details.causes`. */
export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

/** The body of every answer that is not an object: `kind: Status`. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string; resourceVersion?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

/** A request that the API server refuses; carries the Status that is sent. */
export class StatusError extends Error {
  readonly status: Status;
  readonly code: number;

  constructor(options: {
    code: number;
    message: string;
    reason?: string;
    details?: Status['details'];
    continueToken?: string;
  }) {
    super(options.message);
    this.name = 'StatusError';
    this.code = options.code;
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: options.continueToken
        ? { continue: options.continueToken }
        : {},
      status: 'Failure',
      message: options.message,
      ...(options.reason && { reason: options.reason }),
      ...(options.details && { details: options.details }),
      code: options.code,
    };
  }
}
