/** Longest wait that a server may ask for; beyond it Koala tries anyway. */
const MAX_RETRY_AFTER_MS = 120_000;

/**
 * The header `Retry-After` in milliseconds from now: seconds, or a date.
 *
 * @returns undefined where the header is absent or unreadable
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: number,
): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!value) {
    return undefined;
  }
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - now;
  return Number.isNaN(ms)
    ? undefined
    : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
