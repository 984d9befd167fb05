/** What of a log is wanted. */
export interface LogOptions {
  /** Goes on until the container ends. */
  follow: boolean;
  /** The run before the last restart. */
  previous: boolean;
  /** Every line starts with the time at which it was written. */
  timestamps: boolean;
  /** At most this many of the newest lines. */
  tailLines?: number;
  /** Nothing older than this, in milliseconds since the epoch. */
  since?: number;
  /** The log is cut off after this many bytes. */
  limitBytes?: number;
}

const flag = (query: URLSearchParams, name: string) =>
  ['true', '1'].includes(query.get(name) ?? '');

function integer(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  return value === null ? undefined : Number(value);
}

function sinceOf(query: URLSearchParams, now: number): number | undefined {
  const seconds = integer(query, 'sinceSeconds');
  if (seconds !== undefined) {
    return now - seconds * 1000;
  }
  const time = query.get('sinceTime');
  return time === null ? undefined : Date.parse(time);
}

/** Reads the parameters that an API server sends to a kubelet; undefined where they make no sense. */
export function parseLogOptions(
  query: URLSearchParams,
  now: number,
): LogOptions | undefined {
  const since = sinceOf(query, now);
  const tailLines = integer(query, 'tailLines');
  const limitBytes = integer(query, 'limitBytes');
  const numbers = [since, tailLines, limitBytes];
  if (numbers.some(number => Number.isNaN(number))) {
    return undefined;
  }
  return {
    follow: flag(query, 'follow'),
    previous: flag(query, 'previous'),
    timestamps: flag(query, 'timestamps'),
    tailLines,
    since,
    limitBytes,
  };
}
