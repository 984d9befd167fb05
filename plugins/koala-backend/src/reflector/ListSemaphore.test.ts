import { ManualClock } from '../transport/__testUtils__/ManualClock';
import { ListSemaphore } from './ListSemaphore';

const limits = { perProcess: 3, perCluster: 2, maxHoldMs: 10_000 };
const settle = () => new Promise(resolve => setImmediate(resolve));

function queueOf(clusters: string[]) {
  const clock = ManualClock.create();
  const semaphore = ListSemaphore.create({ clock, limits });
  const running: string[] = [];
  const releases: Array<() => void> = [];
  const controllers = clusters.map(cluster => {
    const controller = new AbortController();
    semaphore.acquire(cluster, controller.signal).then(
      release => {
        running.push(cluster);
        releases.push(release);
      },
      () => {},
    );
    return controller;
  });
  return { clock, running, releases, controllers };
}

describe('ListSemaphore', () => {
  it('bounds lists per cluster and per process', async () => {
    const { running, releases } = queueOf(['a', 'a', 'a', 'b', 'b']);
    await settle();
    expect(running).toEqual(['a', 'a', 'b']);
    releases[2]();
    await settle();
    expect(running).toEqual(['a', 'a', 'b', 'b']);
    releases[0]();
    releases[0]();
    await settle();
    expect(running).toEqual(['a', 'a', 'b', 'b', 'a']);
  });

  it('does not let lists that never end hold up the others', async () => {
    const { clock, running } = queueOf(['a', 'a', 'b', 'b', 'c']);
    await settle();
    expect(running).toHaveLength(3);
    clock.advance(10_000);
    await settle();
    expect(running).toHaveLength(5);
  });

  it('forgets one that is given up while it waits', async () => {
    const { running, releases, controllers } = queueOf(['a', 'a', 'a', 'a']);
    await settle();
    controllers[2].abort();
    releases[0]();
    releases[1]();
    await settle();
    expect(running).toHaveLength(3);
  });
});
