import { PassThrough } from 'stream';
import { ManualClock } from '../../client/ManualClock';
import { LogOptions } from './LogOptions';
import { LogRun } from './LogRun';
import { LogStream } from './LogStream';

const START = Date.parse('2026-01-31T08:00:00Z');
const RUN: LogRun = {
  id: 'containerd://one',
  namespace: 'shop',
  pod: 'cart-1',
  uid: 'uid-1',
  container: 'cart',
  image: 'shop/cart:1',
  isTask: false,
  startedAt: START,
  speed: 1,
};

function start(wanted: Partial<LogOptions> = {}, run = RUN) {
  const clock = new ManualClock(START + 60_000);
  const out = new PassThrough();
  let text = '';
  out.on('data', chunk => {
    text += chunk;
  });
  let current: LogRun | undefined = run;
  const listeners = new Set<() => void>();
  LogStream.start({
    run,
    clock,
    out,
    wanted: { follow: false, previous: false, timestamps: false, ...wanted },
    source: {
      current: () => current,
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  return {
    clock,
    out,
    listeners,
    change(now: LogRun | undefined) {
      current = now;
      listeners.forEach(listener => listener());
    },
    /** Gives the stream its turn. */
    async lines() {
      await new Promise(resolve => setImmediate(resolve));
      return text.split('\n').slice(0, -1);
    },
  };
}

describe('LogStream', () => {
  it('ends at once where nobody follows, and leaves nothing behind', async () => {
    const { lines, out, listeners } = start();
    expect((await lines()).length).toBeGreaterThan(10);
    expect(out.writableEnded).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it('goes on with what is written later, until the container ends', async () => {
    const stream = start({ follow: true, tailLines: 1 });
    expect(await stream.lines()).toHaveLength(1);
    await stream.clock.advance(20_000);
    const later = (await stream.lines()).length;
    expect(later).toBeGreaterThan(3);
    stream.change({
      ...RUN,
      end: { at: START + 80_000, exitCode: 0, reason: 'Completed' },
    });
    expect((await stream.lines()).length).toBeGreaterThan(later);
    expect(stream.out.writableEnded).toBe(true);
    expect(stream.listeners.size).toBe(0);
  });

  it('ends where the pod is gone', async () => {
    const stream = start({ follow: true });
    stream.change(undefined);
    await stream.lines();
    expect(stream.out.writableEnded).toBe(true);
  });

  it('writes no more to somebody who has gone', async () => {
    const stream = start({ follow: true, tailLines: 0 });
    stream.out.destroy();
    await stream.lines();
    expect(stream.listeners.size).toBe(0);
    await stream.clock.advance(60_000);
    expect(await stream.lines()).toEqual([]);
  });

  it('cuts off after so many bytes, also of one that is followed', async () => {
    const stream = start({ follow: true, limitBytes: 10 });
    await stream.lines();
    expect(stream.out.writableEnded).toBe(true);
  });

  it('writes times before the lines, and nothing older than asked', async () => {
    const since = START + 50_000;
    const { lines } = start({ timestamps: true, since });
    const times = (await lines()).map(line => Date.parse(line.split(' ')[0]));
    expect(times.length).toBeGreaterThan(0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(since);
  });
});
