import { ManualClock } from './ManualClock';
import { WorkQueue } from './WorkQueue';
import { silentLogger } from './Logger';

function create(sync: (key: string) => Promise<void>, concurrency = 4) {
  const clock = new ManualClock();
  const warn = jest.fn();
  const queue = new WorkQueue({
    name: 'test',
    sync,
    clock,
    logger: { ...silentLogger, warn },
    concurrency,
  });
  return { clock, queue, warn };
}

describe('WorkQueue', () => {
  it('works on nothing before it is started, then once on each key', async () => {
    const synced: string[] = [];
    const { clock, queue } = create(async key => {
      synced.push(key);
    });
    queue.add('a');
    queue.add('b');
    queue.add('a');
    await clock.advance(0);
    expect(synced).toEqual([]);
    queue.start();
    await clock.advance(0);
    expect(synced).toEqual(['a', 'b']);
  });

  it('never works on one key twice at a time, and repeats it when it was added meanwhile', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const finish: (() => void)[] = [];
    const { clock, queue } = create(async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await new Promise<void>(resolve => finish.push(resolve));
      running -= 1;
    });
    queue.start();
    queue.add('a');
    await clock.advance(0);
    queue.add('a');
    await clock.advance(0);
    expect(runs).toBe(1);
    finish.shift()!();
    await clock.advance(0);
    expect(runs).toBe(2);
    finish.shift()!();
    await clock.advance(0);
    expect([runs, most]).toEqual([2, 1]);
  });

  it('keeps to its concurrency', async () => {
    let running = 0;
    const { clock, queue } = create(async () => {
      running += 1;
      await new Promise(() => {});
    }, 2);
    queue.start();
    ['a', 'b', 'c'].forEach(key => queue.add(key));
    await clock.advance(0);
    expect(running).toBe(2);
  });

  it('tries again after a failure, later each time, and says why', async () => {
    const at: number[] = [];
    const { clock, queue, warn } = create(async () => {
      at.push(clock.now());
      if (at.length < 5) {
        throw new Error('no luck');
      }
    });
    queue.start();
    queue.add('a');
    await clock.advance(60_000);
    expect(at).toHaveLength(5);
    const pauses = at.slice(1).map((time, index) => time - at[index]);
    expect(pauses[3]).toBeGreaterThan(pauses[0]);
    expect(warn).toHaveBeenCalledWith('test: a: no luck');
  });

  it('takes the shortest of several delays, and none after it was stopped', async () => {
    const at: number[] = [];
    const { clock, queue } = create(async () => {
      at.push(clock.now());
    });
    const start = clock.now();
    queue.start();
    queue.addAfter('a', 5_000);
    queue.addAfter('a', 1_000);
    queue.addAfter('a', 9_000);
    await clock.advance(20_000);
    expect(at).toEqual([start + 1_000]);
    queue.addAfter('a', 1_000);
    queue.stop();
    await clock.advance(20_000);
    expect(at).toHaveLength(1);
  });
});
