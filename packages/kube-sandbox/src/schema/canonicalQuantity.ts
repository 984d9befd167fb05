const QUANTITY =
  /^([+-]?)(\d+)?(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const DECIMAL = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const POWERS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** Resources are counted in thousandths; what is smaller is rounded up. */
const MILLI = 1000n;

/** Takes out a factor as often as it goes in, at most `limit` times. */
function factorOut(amount: bigint, factor: bigint, limit: number) {
  let rest = amount;
  let times = 0;
  while (rest !== 0n && rest % factor === 0n && times < limit) {
    rest /= factor;
    times += 1;
  }
  return { rest, times };
}

const ceilDivide = (a: bigint, b: bigint) => (a + b - 1n) / b;

/** A quantity as the real server writes it (`1000m` is `1`, `1.5Gi` is `1536Mi`); undefined where the text is none. */
export function canonicalQuantity(text: string): string | undefined {
  const match = QUANTITY.exec(text);
  const [, sign, whole = '', fraction = '', suffix = ''] = match ?? [];
  if (!match || (whole === '' && fraction === '')) {
    return undefined;
  }
  const digits = BigInt(`${whole}${fraction}` || '0');
  const binary = BINARY.indexOf(suffix);
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix);
  const power =
    (exponent ? Number(exponent[1]) : POWERS[suffix] ?? 0) +
    3 -
    fraction.length;
  const scaled = binary > 0 ? digits * 1024n ** BigInt(binary) : digits;
  const millis =
    power >= 0
      ? scaled * 10n ** BigInt(power)
      : ceilDivide(scaled, 10n ** BigInt(-power));
  const minus = sign === '-' && millis !== 0n ? '-' : '';
  if (binary > 0 && millis >= 1024n * MILLI && millis % MILLI === 0n) {
    const { rest, times } = factorOut(millis / MILLI, 1024n, 6);
    return `${minus}${rest}${BINARY[times]}`;
  }
  if (millis === 0n) {
    return '0';
  }
  const { rest, times } = factorOut(millis, 1000n, 7);
  if (exponent) {
    const shown = times * 3 - 3;
    return `${minus}${rest}${shown === 0 ? '' : `e${shown}`}`;
  }
  return `${minus}${rest}${DECIMAL[times]}`;
}
