import { Matrix, MatrixChange } from '@koala-ops/backstage-plugin-koala-common';
import { demoMatrix } from '../../dev/fixtures/demoMatrix';
import type { StreamOptions } from '../api/KoalaApi';
import { LiveSource, LiveStore } from './LiveStore';
import { PageVisibility } from './PageVisibility';

/** A backend that does what the test says. */
class FakeSource implements LiveSource {
  matrix: Matrix = demoMatrix({ now: 1e12 });
  down = false;
  reads = 0;
  streams: (StreamOptions & { end: () => void; fail: () => void })[] = [];

  async getMatrix(): Promise<Matrix> {
    this.reads += 1;
    if (this.down) {
      throw new TypeError('Failed to fetch');
    }
    return JSON.parse(JSON.stringify(this.matrix));
  }

  openStream(options: StreamOptions): Promise<void> {
    if (this.down) {
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    return new Promise((resolve, reject) => {
      this.streams.push({
        ...options,
        end: resolve,
        fail: () => reject(new TypeError('network error')),
      });
      options.signal.addEventListener('abort', () => resolve());
      options.onOpen();
    });
  }

  get stream() {
    return this.streams[this.streams.length - 1];
  }

  get open() {
    return this.streams.filter(s => !s.signal.aborted);
  }
}

class FakeDocument extends EventTarget {
  hidden = false;
  show(visible: boolean) {
    this.hidden = !visible;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const CART = 'component:default/cart';

function change(revision: string, ready: number): MatrixChange {
  return {
    revision,
    cells: [
      {
        service: CART,
        environment: 'prod',
        status: 'progressing',
        targets: [
          {
            target: 'eu',
            cluster: 'prod-eu',
            status: 'progressing',
            ready,
            desired: 4,
          },
        ],
      },
    ],
  };
}

describe('LiveStore', () => {
  let source: FakeSource;
  let page: FakeDocument;
  let store: LiveStore;

  beforeEach(() => {
    jest.useFakeTimers();
    source = new FakeSource();
    page = new FakeDocument();
    store = LiveStore.create({
      source,
      visibility: new PageVisibility(page as unknown as Document),
      random: () => 1,
    });
  });
  afterEach(() => jest.useRealTimers());

  const wait = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const state = () => store.getSnapshot().connection.state;

  it('reads once, then follows one stream from that revision for all', async () => {
    store.subscribe(() => {});
    store.subscribe(() => {});
    await wait(0);
    expect(state()).toBe('live');
    expect(source.reads).toBe(1);
    expect(source.streams).toHaveLength(1);
    expect(source.stream.revision).toBe('demo.1');
  });

  it('does nothing before somebody looks', async () => {
    await wait(60_000);
    expect(source.reads).toBe(0);
  });

  it('tells only those whose cell changed', async () => {
    store.subscribe(() => {});
    await wait(0);
    const cart = jest.fn();
    const ledger = jest.fn();
    store.subscribeCell(CART, 'prod', cart);
    store.subscribeCell('component:default/ledger', 'prod', ledger);
    const us = store.getCell(CART, 'prod')!.targets[1];

    source.stream.onChange(change('demo.2', 2));

    expect(cart).toHaveBeenCalledTimes(1);
    expect(ledger).not.toHaveBeenCalled();
    expect(store.getCell(CART, 'prod')!.targets[0].ready).toBe(2);
    expect(store.getCell(CART, 'prod')!.targets[1]).toBe(us);
    expect(store.getServiceRevision(CART)).toBe('demo.2');
    expect(store.getServiceRevision('component:default/ledger')).toBe('demo.1');
  });

  it('marks services of a cluster whose state changed', async () => {
    store.subscribe(() => {});
    await wait(0);
    source.stream.onChange({
      revision: 'demo.2',
      clusters: [{ name: 'staging', condition: 'unreachable', since: 1 }],
    });
    expect(store.getServiceRevision(CART)).toBe('demo.2');
  });

  it('resumes at the last revision when the server ends the stream in order', async () => {
    store.subscribe(() => {});
    await wait(0);
    source.stream.onChange(change('demo.7', 2));
    await wait(20_000);
    source.stream.end();
    await wait(0);
    expect(state()).toBe('live');
    expect(source.streams).toHaveLength(2);
    expect(source.stream.revision).toBe('demo.7');
    expect(source.reads).toBe(1);
  });

  it('does not spin when a server ends every stream at once', async () => {
    store.subscribe(() => {});
    await wait(0);
    for (let i = 0; i < 100; i++) {
      source.stream.end();
      await wait(100);
    }
    expect(source.streams.length).toBeLessThan(10);
  });

  it('reconnects, then polls, then is offline, and comes back', async () => {
    store.subscribe(() => {});
    await wait(0);
    const heardAt = store.getHeardAt();
    source.down = true;
    source.stream.fail();
    await wait(0);
    expect(state()).toBe('reconnecting');
    expect(store.getSnapshot().matrix?.services).toHaveLength(14);

    await wait(10_000);
    expect(state()).toBe('offline');
    expect(store.getSnapshot().connection.since).toBe(heardAt);

    // Requests work again, streams do not (a proxy that buffers them).
    source.down = false;
    const openStream = source.openStream.bind(source);
    source.openStream = () => Promise.reject(new TypeError('no stream'));
    source.matrix = {
      ...source.matrix,
      revision: 'demo.9',
      services: source.matrix.services.slice(1),
    };
    await wait(10_000);
    expect(state()).toBe('polling');
    expect(store.getSnapshot().matrix?.services).toHaveLength(13);

    source.openStream = openStream;
    await wait(31_000);
    expect(state()).toBe('live');
    const reads = source.reads;
    await wait(40_000);
    source.stream.onBytes();
    expect(source.reads).toBe(reads);
  });

  it('takes 45 silent seconds for a broken stream', async () => {
    store.subscribe(() => {});
    await wait(0);
    await wait(40_000);
    source.stream.onBytes();
    await wait(40_000);
    expect(source.streams).toHaveLength(1);
    await wait(5_100);
    expect(source.streams[0].signal.aborted).toBe(true);
    await wait(1_000);
    expect(source.streams).toHaveLength(2);
    expect(state()).toBe('live');
  });

  it('gives up on a request that hangs', async () => {
    source.getMatrix = () => new Promise(() => {});
    store.subscribe(() => {});
    await wait(15_000);
    expect(store.getSnapshot().error?.message).toBe(
      'The backend does not answer',
    );
  });

  it('says why it could not read at first, and goes on by itself', async () => {
    source.down = true;
    store.subscribe(() => {});
    await wait(0);
    expect(store.getSnapshot().error?.message).toBe('Failed to fetch');
    source.down = false;
    await wait(1_000);
    expect(state()).toBe('live');
    expect(store.getSnapshot().error).toBeUndefined();
  });

  it('closes the stream of a tab that is hidden for a minute and resumes it', async () => {
    store.subscribe(() => {});
    await wait(0);
    page.show(false);
    await wait(30_000);
    source.stream.onBytes();
    await wait(29_000);
    expect(source.open).toHaveLength(1);
    await wait(1_000);
    expect(source.open).toHaveLength(0);
    await wait(600_000);
    expect(source.streams).toHaveLength(1);

    page.show(true);
    await wait(0);
    expect(source.open).toHaveLength(1);
    expect(source.stream.revision).toBe('demo.1');
  });

  it('keeps a stream over a short look at another tab', async () => {
    store.subscribe(() => {});
    await wait(0);
    page.show(false);
    await wait(30_000);
    page.show(true);
    source.stream.onBytes();
    await wait(40_000);
    expect(source.streams).toHaveLength(1);
    expect(source.open).toHaveLength(1);
  });

  it('closes some time after the last one left, not between two screens', async () => {
    const leave = store.subscribe(() => {});
    await wait(0);
    leave();
    await wait(5_000);
    const leaveAgain = store.subscribe(() => {});
    await wait(20_000);
    expect(source.streams).toHaveLength(1);
    leaveAgain();
    await wait(10_000);
    expect(source.open).toHaveLength(0);
  });

  it('drops what a stream delivers after it was given up', async () => {
    store.subscribe(() => {});
    await wait(0);
    const old = source.stream;
    store.retry();
    await wait(0);
    old.onChange(change('demo.99', 1));
    expect(store.getSnapshot().matrix?.revision).toBe('demo.1');
  });
});
