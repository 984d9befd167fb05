/** Milliseconds since the epoch as Kubernetes writes a time: UTC, whole seconds. */
export function toTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
