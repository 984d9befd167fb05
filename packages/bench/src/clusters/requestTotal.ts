const METRIC = 'apiserver_request_total';

/**
 * How many requests an API server has answered, out of the text of its `/metrics`. Throws where the text
 * has no such metric, since a missing count would look like a perfect one.
 */
export function requestTotal(metrics: string): number {
  let total: number | undefined;
  for (const line of metrics.split('\n')) {
    const isSample =
      line.startsWith(METRIC) &&
      (line[METRIC.length] === '{' || line[METRIC.length] === ' ');
    if (isSample) {
      total = (total ?? 0) + valueOf(line);
    }
  }
  if (total === undefined) {
    throw new Error(`The API server's /metrics has no ${METRIC}.`);
  }
  return total;
}

/** `name{label="a } b"} 12 1700000000` -> 12: label values may hold blanks and braces. */
function valueOf(line: string): number {
  const labelsEnd = line.lastIndexOf('}');
  const rest = line.slice(labelsEnd < 0 ? METRIC.length : labelsEnd + 1);
  const value = Number(rest.trim().split(' ')[0]);
  if (!Number.isFinite(value)) {
    throw new Error(`This line of /metrics has no number: ${line}`);
  }
  return value;
}
