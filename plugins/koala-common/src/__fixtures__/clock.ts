/** The moment at which every story of the tests begins. */
export const START = Date.parse('2026-01-15T10:00:00Z');

/** Seconds after the start, in milliseconds since the epoch. */
export function at(seconds: number): number {
  return START + seconds * 1000;
}

/** Seconds after the start, as the API server writes times. */
export function iso(seconds: number): string {
  return new Date(at(seconds)).toISOString().replace('.000Z', 'Z');
}
