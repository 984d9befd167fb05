/** One part of a time as Go names it, what it looks like, and the range of its number. */
interface Part {
  layout: string;
  pattern: RegExp;
  range?: { name: string; least: number; most: number };
}

const digits = (layout: string, range?: Part['range']): Part => ({
  layout,
  pattern: layout.length === 4 ? /^\d{4}/ : /^\d{2}/,
  range,
});
const literal = (layout: string): Part => ({
  layout,
  pattern: new RegExp(`^${layout}`),
});

const LAYOUT = '2006-01-02T15:04:05Z07:00';
const PARTS: Part[] = [
  digits('2006'),
  literal('-'),
  digits('01', { name: 'month', least: 1, most: 12 }),
  literal('-'),
  digits('02', { name: 'day', least: 1, most: 31 }),
  literal('T'),
  digits('15', { name: 'hour', least: 0, most: 23 }),
  literal(':'),
  digits('04', { name: 'minute', least: 0, most: 59 }),
  literal(':'),
  {
    ...digits('05', { name: 'second', least: 0, most: 59 }),
    pattern: /^\d{2}(\.\d+)?/,
  },
  { layout: 'Z07:00', pattern: /^(Z|[+-]\d{2}:\d{2})/ },
];

/** What Go's parser says of a text that is no RFC 3339 time; undefined where it is one. */
export function goTimeProblem(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  const subject = `parsing time ${quoted}`;
  let rest = text;
  for (const { layout, pattern, range } of PARTS) {
    const [found] = pattern.exec(rest) ?? [];
    if (found === undefined) {
      return `${subject} as "${LAYOUT}": cannot parse ${JSON.stringify(
        rest,
      )} as "${layout}"`;
    }
    const value = Math.floor(Number(found));
    if (range && (value < range.least || value > range.most)) {
      return `${subject}: ${range.name} out of range`;
    }
    rest = rest.slice(found.length);
  }
  if (rest !== '') {
    return `${subject}: extra text: ${JSON.stringify(rest)}`;
  }
  const day = Number(text.slice(8, 10));
  // A month may be shorter than 31 days.
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === day
    ? undefined
    : `${subject}: day out of range`;
}
