import { mockServices } from '@backstage/backend-test-utils';
import { connectionTo } from '../reflector/__testUtils__/fleetOf';
import { ManualClock } from '../transport/__testUtils__/ManualClock';
import { ClusterConnection } from './ClusterConnection';
import { ClusterDirectory } from './ClusterDirectory';
import { ClusterSource } from './ClusterSource';
import { FallbackSource } from './FallbackSource';

const settle = async () => {
  for (let i = 0; i < 10; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
};

const cluster = (name: string, url = 'https://c.example') =>
  connectionTo({ name, url });

function source(
  name: string,
  answers: Array<ClusterConnection[] | undefined | Error | 'never'>,
): ClusterSource {
  return {
    name,
    async clusters() {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === 'never') {
        return new Promise(() => {});
      }
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  };
}

function directoryOf(sources: ClusterSource[]) {
  const clock = ManualClock.create();
  const logger = mockServices.logger.mock();
  const published: string[] = [];
  const directory = ClusterDirectory.create({
    sources,
    logger,
    clock,
    intervalMs: 10_000,
    onClusters: clusters =>
      published.push(clusters.map(({ name, url }) => `${name} ${url}`).join()),
  });
  return { clock, logger, published, directory };
}

describe('ClusterDirectory', () => {
  it('asks again and again', async () => {
    const { directory, clock, published } = directoryOf([
      source('s', [[cluster('a')], [cluster('a'), cluster('b')], []]),
    ]);
    directory.start();
    await settle();
    clock.advance(10_000);
    await settle();
    clock.advance(10_000);
    await settle();
    expect(published.map(list => list.split(',').length)).toEqual([1, 2, 1]);
    expect(published[2]).toBe('');
    directory.stop();
    expect(clock.pending()).toEqual([]);
  });

  it('keeps the last list of a source that fails, and says so once', async () => {
    const { directory, clock, logger, published } = directoryOf([
      source('s', [
        [cluster('a')],
        new Error('catalog is away'),
        new Error('catalog is away'),
        [cluster('a')],
      ]),
    ]);
    directory.start();
    for (let i = 0; i < 4; i++) {
      await settle();
      clock.advance(10_000);
    }
    await settle();
    expect(new Set(published)).toEqual(new Set(['a https://c.example']));
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toContain('catalog is away');
    expect(logger.info).toHaveBeenCalledTimes(1);
    directory.stop();
  });

  it('does not wait for one source to know the clusters of another', async () => {
    const { directory, clock, published, logger } = directoryOf([
      source('slow', ['never']),
      source('quick', [[cluster('a')]]),
    ]);
    directory.start();
    await settle();
    expect(published).toEqual(['a https://c.example']);
    clock.advance(30_000);
    await settle();
    expect(logger.warn.mock.calls[0][0]).toContain('no answer within 30 s');
    clock.advance(10_000);
    await settle();
    expect(published).toHaveLength(2);
    directory.stop();
  });

  it('takes the first of two clusters with one name', async () => {
    const { directory, published } = directoryOf([
      source('one', [[cluster('a', 'https://one')]]),
      source('two', [[cluster('a', 'https://two'), cluster('b')]]),
    ]);
    directory.start();
    await settle();
    expect(published.at(-1)).toBe('a https://one,b https://c.example');
    directory.stop();
  });

  it('asks at once when a source says that something is new', async () => {
    let tell = () => {};
    const { directory, published } = directoryOf([
      {
        ...source('s', [undefined, [cluster('a')]]),
        onChange(listener) {
          tell = listener;
          return () => {};
        },
      },
    ]);
    directory.start();
    await settle();
    expect(published).toEqual([]);
    tell();
    await settle();
    expect(published).toEqual(['a https://c.example']);
    directory.stop();
  });
});

describe('FallbackSource', () => {
  it('asks the second source only after the first had its time, and never once the first can say', async () => {
    const clock = ManualClock.create();
    const logger = mockServices.logger.mock();
    const first: { clusters?: ClusterConnection[] } = {};
    const fallback = FallbackSource.create({
      first: { name: 'first', clusters: async () => first.clusters },
      second: source('second', [[cluster('b')]]),
      clock,
      logger,
      graceMs: 5_000,
    });
    const changed = jest.fn();
    fallback.onChange(changed);
    expect(await fallback.clusters()).toBeUndefined();
    clock.advance(5_000);
    expect(changed).toHaveBeenCalled();
    expect(await fallback.clusters()).toMatchObject([{ name: 'b' }]);
    expect(logger.info).toHaveBeenCalledTimes(1);
    first.clusters = [];
    expect(await fallback.clusters()).toEqual([]);
  });
});
