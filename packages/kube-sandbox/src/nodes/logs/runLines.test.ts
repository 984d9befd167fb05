import { LogRun } from './LogRun';
import { RunLines } from './runLines';

const START = Date.parse('2026-01-31T08:00:00Z');

const run = (more: Partial<LogRun> = {}): LogRun => ({
  id: 'containerd://one',
  namespace: 'shop',
  pod: 'cart-1',
  uid: 'uid-1',
  container: 'cart',
  image: 'registry.example/shop/cart:2.6.1',
  isTask: false,
  startedAt: START,
  speed: 1,
  ...more,
});

function textAt(now: number, more: Partial<LogRun> = {}): string[] {
  const lines = new RunLines(run(more));
  return Array.from(
    { length: lines.count(now) },
    (_, index) => lines.line(index).text,
  );
}

const ended = (ms: number, exitCode = 0, reason = 'Completed') => ({
  end: { at: START + ms, exitCode, reason },
});

describe('RunLines', () => {
  it('is the same for the same run, and another for another', () => {
    const now = START + 60_000;
    expect(textAt(now)).toEqual(textAt(now));
    expect(textAt(now, { id: 'containerd://two' })).not.toEqual(textAt(now));
  });

  it('starts up, then writes a line every few seconds', () => {
    expect(textAt(START - 1)).toEqual([]);
    const early = textAt(START + 1_000).length;
    const later = textAt(START + 61_000).length;
    expect(early).toBeGreaterThan(2);
    expect(later - early).toBeGreaterThan(10);
    expect(later - early).toBeLessThan(20);
  });

  it.each(['shop/cart:1', 'shop/cart:1-crash', 'shop/cart:1-oom', 'nginx'])(
    'never unsays what %s has written',
    image => {
      const moments = Array.from({ length: 60 }, (_, i) => START + i * 333);
      const written = moments.map(now => textAt(now, { image }));
      written.slice(1).forEach((lines, index) => {
        expect(lines.slice(0, written[index].length)).toEqual(written[index]);
      });
      // The status tells of the end in whole seconds.
      const end = ended(19_000, 1, 'Error');
      const whole = textAt(Infinity, { image, ...end });
      const last = textAt(START + 19_999, { image });
      expect(whole.slice(0, last.length)).toEqual(last);
    },
  );

  it('has lines in the order of their times', () => {
    const lines = new RunLines(run(ended(120_000)));
    const times = Array.from(
      { length: lines.count(Infinity) },
      (_, index) => lines.line(index).at,
    );
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('does not change once it is over', () => {
    const over = ended(5_000);
    expect(textAt(START + 5_000, over)).toEqual(textAt(Infinity, over));
  });

  it.each([
    ['shop/cart:1-crash', 1, 'Error', /panic|Error|Exception/],
    ['shop/importer:1', 0, 'Completed', /done|SIGTERM/],
  ])('ends %s in its own words', (image, exitCode, reason, words) => {
    const lines = textAt(Infinity, {
      image,
      ...ended(1_000, exitCode, reason),
    });
    expect(lines.slice(-12).join('\n')).toMatch(words);
  });

  it('breaks off where it is killed for its memory', () => {
    const image = 'shop/cart:1-oom';
    const killed = textAt(Infinity, {
      image,
      ...ended(1_000, 137, 'OOMKilled'),
    });
    expect(killed).toEqual(textAt(START + 1_999, { image }));
  });

  it('says that it is done where it is a task, and that it is stopped where not', () => {
    const image = 'shop/report-worker:1';
    const last = (isTask: boolean) =>
      textAt(Infinity, { image, isTask, ...ended(4_000) }).pop();
    expect(last(true)).toMatch(/all done/);
    expect(last(false)).toMatch(/stopped/);
  });

  it('says what it waits for where it never gets ready', () => {
    const text = textAt(START + 30_000, { image: 'shop/cart:never-ready' });
    expect(text.join('\n')).toMatch(/not ready|refused|DOWN/);
    expect(text.join('\n')).not.toMatch(/request completed|listening/);
  });

  it.each([
    ['prom/postgres-exporter:1', /scrape finished/],
    ['fluent/fluent-bit:3', /HTTP status=200/],
    ['nginx:1.27', /HTTP\/1\.1" 200/],
    ['postgres:17', /checkpoint complete/],
  ])('writes as %s does', (image, words) => {
    expect(textAt(START + 120_000, { image }).join('\n')).toMatch(words);
  });

  it('is faster where the simulation is', () => {
    const now = START + 20_000;
    expect(textAt(now, { speed: 4 }).length).toBeGreaterThan(
      2 * textAt(now).length,
    );
  });

  it('finds the newest line of a month without reading the others', () => {
    const lines = new RunLines(run());
    const now = START + 30 * 24 * 3_600_000;
    const count = lines.count(now);
    expect(count).toBeGreaterThan(600_000);
    expect(now - lines.line(count - 1).at).toBeLessThan(10_000);
  });
});
