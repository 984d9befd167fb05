const FIRST_SECONDS = 10;
const MAX_SECONDS = 300;

/** The kubelet's pause after the nth failure in a row, in seconds: 10, 20, 40 … 300. */
export function backoffSeconds(failures: number): number {
  return Math.min(MAX_SECONDS, FIRST_SECONDS * 2 ** Math.max(0, failures - 1));
}

/** `10s`, `1m20s`: the way Go prints a duration. */
export function goDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
