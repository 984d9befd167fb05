const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration as Go writes it, such as `1h30m`; undefined where it is none. */
export function parseGoDuration(text: string): number | undefined {
  const part = String.raw`(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)`;
  const match = new RegExp(`^([-+]?)((?:${part})+)$`).exec(text);
  if (!match) {
    return text === '0' ? 0 : undefined;
  }
  const sum = [...match[2].matchAll(new RegExp(part, 'g'))].reduce(
    (total, [, amount, unit]) => total + Number(amount) * UNITS[unit],
    0,
  );
  return match[1] === '-' ? -sum : sum;
}
