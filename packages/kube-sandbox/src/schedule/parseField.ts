/** The values that one field of a schedule allows. */
export interface Field {
  values: ReadonlySet<number>;
  /** Written as `*` or `?`: of the two fields for days, only those that are not restrict. */
  isStar: boolean;
}

/** What a field may hold. */
export interface Bounds {
  min: number;
  max: number;
  names?: Record<string, number>;
}

function parseNumber(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) {
    throw new Error(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(
        text,
      )}: invalid syntax`,
    );
  }
  const number = Number(text);
  if (number < 0) {
    throw new Error(`negative number (${number}) not allowed: ${text}`);
  }
  return number;
}

function parseValue(text: string, { names }: Bounds): number {
  return names?.[text.toLocaleLowerCase('en-US')] ?? parseNumber(text);
}

function parseRange(text: string, bounds: Bounds): Field {
  const [range, stepText, ...tooManySteps] = text.split('/');
  const [low, high, ...tooManyEnds] = range.split('-');
  const isStar = low === '*' || low === '?';
  let start = bounds.min;
  let end = bounds.max;
  if (!isStar) {
    start = parseValue(low, bounds);
    if (tooManyEnds.length > 0) {
      throw new Error(`too many hyphens: ${text}`);
    }
    end = high === undefined ? start : parseValue(high, bounds);
  }
  if (tooManySteps.length > 0) {
    throw new Error(`too many slashes: ${text}`);
  }
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (stepText !== undefined && high === undefined) {
    // `5/15` begins at 5 and goes on to the end.
    end = bounds.max;
  }
  const { min, max } = bounds;
  if (start < min) {
    throw new Error(
      `beginning of range (${start}) below minimum (${min}): ${text}`,
    );
  }
  if (end > max) {
    throw new Error(`end of range (${end}) above maximum (${max}): ${text}`);
  }
  if (start > end) {
    throw new Error(
      `beginning of range (${start}) beyond end of range (${end}): ${text}`,
    );
  }
  if (step === 0) {
    throw new Error(`step of range should be a positive number: ${text}`);
  }
  const values = new Set<number>();
  for (let value = start; value <= end; value += step) {
    values.add(value);
  }
  return { values, isStar: isStar && step === 1 };
}

/**
 * Reads one field of a schedule: a list of values, names and ranges with steps.
 *
 * @throws Error in the words of the real API server, which tests compare.
 */
export function parseField(text: string, bounds: Bounds): Field {
  const ranges = text
    .split(',')
    .filter(Boolean)
    .map(range => parseRange(range, bounds));
  return {
    values: new Set(ranges.flatMap(({ values }) => [...values])),
    isStar: ranges.some(({ isStar }) => isStar),
  };
}
