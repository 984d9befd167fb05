/** Completion indexes of an Indexed Job; kept in status as `0,2-5,7`. */
export type Indexes = ReadonlySet<number>;

/** Reads `0,2-5,7`; what is no index of the Job is left out. */
export function parseIndexes(
  text: string | undefined,
  completions: number,
): Indexes {
  const indexes = new Set<number>();
  for (const interval of (text ?? '').split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(interval);
    if (match) {
      const first = Number(match[1]);
      const last = Math.min(Number(match[2] ?? match[1]), completions - 1);
      for (let index = first; index <= last; index += 1) {
        indexes.add(index);
      }
    }
  }
  return indexes;
}

/** Writes `0,2-5,7`; two in a row are no interval: `0,1`. */
export function formatIndexes(indexes: Indexes): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    end = start + 1;
    while (sorted[end] === sorted[end - 1] + 1) {
      end += 1;
    }
    const [first, last] = [sorted[start], sorted[end - 1]];
    if (first === last) {
      parts.push(`${first}`);
    } else {
      parts.push(`${first}${last === first + 1 ? ',' : '-'}${last}`);
    }
  }
  return parts.join(',');
}

/** The lowest `count` indexes below `completions` that are in none of the sets. */
export function firstFree(options: {
  count: number;
  completions: number;
  taken: Indexes[];
}): number[] {
  const { count, completions, taken } = options;
  const free: number[] = [];
  for (let index = 0; index < completions && free.length < count; index += 1) {
    if (!taken.some(indexes => indexes.has(index))) {
      free.push(index);
    }
  }
  return free;
}
