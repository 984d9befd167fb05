import { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../transport/ApiError';
import { retryAfterMs } from '../transport/retryAfter';

interface StatusObject {
  code?: unknown;
  reason?: unknown;
  message?: unknown;
  details?: {
    causes?: Array<{ reason?: unknown } | null> | null;
    retryAfterSeconds?: unknown;
  } | null;
}

/**
 * The error that a Kubernetes `Status` object stands for. Where the body of an answer is none (a proxy's page),
 * the HTTP status alone speaks.
 */
export function statusError(
  body: unknown,
  response?: {
    status: number;
    headers: IncomingHttpHeaders;
    now: number;
    verb?: 'list' | 'watch';
  },
): ApiError {
  const status = (
    typeof body === 'object' && body !== null ? body : {}
  ) as StatusObject;
  const code =
    response?.status ?? (typeof status.code === 'number' ? status.code : 500);
  const text =
    typeof status.message === 'string' && status.message !== ''
      ? `: ${status.message.slice(0, 300)}`
      : '';
  const seconds = status.details?.retryAfterSeconds;
  return new ApiError({
    status: code,
    message: `The API server answers ${code}${text}`,
    verb: response?.verb,
    reason: typeof status.reason === 'string' ? status.reason : undefined,
    causes: (Array.isArray(status.details?.causes)
      ? status.details?.causes ?? []
      : []
    ).flatMap(cause =>
      typeof cause?.reason === 'string' ? [cause.reason] : [],
    ),
    retryAfterMs:
      retryAfterMs(response?.headers['retry-after'], response?.now ?? 0) ??
      (typeof seconds === 'number' && seconds > 0
        ? Math.min(seconds, 120) * 1000
        : undefined),
  });
}
