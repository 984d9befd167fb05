const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time the way people say it: `40 s`, `6 min`, `3 h`, `9 d`. A negative length (the clocks
 * of browser and server differ) is `0 s`.
 */
export function formatAge(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  if (ms < DAY) {
    return `${Math.floor(ms / HOUR)} h`;
  }
  return `${Math.floor(ms / DAY)} d`;
}

/** The exact local time, for titles: `21 Nov 2026, 14:06:02`. */
export function formatExactTime(time: number): string {
  return new Date(time).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}

/** Time of day only: `14:06:02`. */
export function formatTimeOfDay(time: number): string {
  return new Date(time).toLocaleTimeString(undefined, { hour12: false });
}
