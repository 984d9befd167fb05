import { ClusterConnection } from '../clusters/ClusterConnection';
import {
  FaultServer,
  replyStatus,
} from '../reflector/__testUtils__/FaultServer';
import {
  connectionTo,
  startFleet,
  TestFleet,
} from '../reflector/__testUtils__/fleetOf';
import { rawPod } from '../reflector/__testUtils__/rawObjects';
import { TcpGate } from '../reflector/__testUtils__/TcpGate';
import { until } from '../reflector/__testUtils__/until';

jest.setTimeout(60_000);

let server: FaultServer;
let test: TestFleet;

beforeEach(async () => {
  server = await FaultServer.start();
  server.put('Pod', rawPod('one'));
});

afterEach(async () => {
  test.stop();
  await server.stop();
});

const names = (cluster: string, namespace = 'shop') =>
  [...test.fleet.inventory.list(cluster, 'Pod', namespace)]
    .map(({ meta }) => meta.name)
    .sort();

const connection = (
  name: string,
  options: Partial<ClusterConnection> = {},
): ClusterConnection =>
  connectionTo({ name, url: server.url, ca: server.ca, ...options });

describe('createFleet', () => {
  it('starts and stops the clusters that come and go', async () => {
    let connections = [connection('a')];
    test = startFleet(() => connections);
    await test.untilCondition('a', 'live');
    expect(test.fleet.inventory.clusterNames()).toEqual(['a']);

    connections = [connection('a'), connection('b', { title: 'Berlin' })];
    await test.untilCondition('b', 'live');
    expect(test.fleet.inventory.clusterNames()).toEqual(['a', 'b']);
    expect(test.fleet.inventory.clusterState('b')!.title).toBe('Berlin');
    expect(names('b')).toEqual(['one']);

    connections = [connection('b')];
    await until(() => test.fleet.inventory.clusterState('a') === undefined, {
      what: 'a is gone',
    });
    await until(() => test.mirror.objects('a', 'Pod').size === 0, {
      what: 'its objects are told to be gone',
    });
    expect(names('a')).toEqual([]);
    expect(test.fleet.stats().map(({ state }) => state.name)).toEqual(['b']);
    expect(test.mirror.invented).toEqual([]);
    await until(() => server.openWatches('Pod') === 1, {
      what: 'its watches have ended',
    });
  });

  it('connects anew where the connection is another', async () => {
    const second = await FaultServer.start();
    second.put('Pod', rawPod('two'));
    let connections = [connection('a')];
    test = startFleet(() => connections);
    await test.untilCondition('a', 'live');
    connections = [connectionTo({ name: 'a', url: second.url, ca: second.ca })];
    await until(() => names('a').join() === 'two', {
      what: 'it shows the other server',
    });
    expect(test.mirror.invented).toEqual([]);
    test.stop();
    await second.stop();
  });

  it('stays connected while the connection is the same, with the newest way to a credential', async () => {
    let value = 'old';
    server.token = 'old';
    test = startFleet(() => {
      const token = value;
      return [
        connection('a', { credential: async () => ({ type: 'token', token }) }),
      ];
    });
    await test.untilCondition('a', 'live');
    value = 'new';
    await new Promise(resolve => setTimeout(resolve, 300));
    server.token = 'new';
    server.endWatches('Pod');
    server.put('Pod', rawPod('two'));
    await until(() => names('a').join() === 'one,two', {
      what: 'the new token is used',
    });
    expect(test.lists('a').Pod).toBe(1);
  });

  it('shows a cluster that only users may read, with the reason', async () => {
    test = startFleet([
      connection('a', { unwatchable: 'It needs a user.' }),
      connection('b'),
    ]);
    await test.untilCondition('a', 'unwatchable');
    await test.untilCondition('b', 'live');
    expect(test.fleet.inventory.clusterState('a')).toMatchObject({
      message: 'It needs a user.',
      nextStep: expect.stringContaining('credential of its own'),
    });
    expect(test.fleet.inventory.kindState('a', 'Pod')).toEqual({
      synced: false,
    });
  });

  it('is syncing, then unreachable, for a cluster that never answers, and says so of no object', async () => {
    const gate = await TcpGate.open(server.url);
    await gate.close();
    test = startFleet([connection('a', { url: gate.url })]);
    await test.untilCondition('a', 'syncing');
    expect(test.fleet.inventory.kindState('a', 'Pod')).toEqual({
      synced: false,
    });
    await test.untilCondition('a', 'unreachable');
    expect(test.fleet.inventory.clusterState('a')).not.toHaveProperty(
      'lastByteAt',
    );
    expect(test.fleet.inventory.kindState('a', 'Pod')).toMatchObject({
      synced: false,
      error: { code: 'unreachable' },
    });
  });

  it('is forbidden where the account may read nothing', async () => {
    server.inject(({ response }) => {
      replyStatus(response, { code: 403, message: 'no' });
      return true;
    });
    test = startFleet([connection('a')]);
    await test.untilCondition('a', 'forbidden');
    expect(test.fleet.inventory.clusterState('a')!.nextStep).toMatch(
      /ClusterRole/,
    );
  });

  it('is broken where the answers are no Kubernetes API', async () => {
    server.inject(({ response }) => {
      replyStatus(response, { code: 404 });
      return true;
    });
    test = startFleet([connection('a')]);
    await test.untilCondition('a', 'broken');
    expect(test.fleet.inventory.clusterState('a')!.nextStep).toMatch(/URL/);
  });

  it('is forbidden where there is no credential', async () => {
    test = startFleet([
      connection('a', {
        credential: async () => {
          throw new Error('the token file is gone');
        },
      }),
    ]);
    await test.untilCondition('a', 'forbidden');
    expect(test.fleet.inventory.clusterState('a')!.message).toContain(
      'the token file is gone',
    );
  });

  it('reads the namespaces it is told one by one where it may not read all', async () => {
    let whole = false;
    server.inject(({ kind, namespace, response }) => {
      if (
        whole ||
        (kind === 'Pod' && (namespace === 'shop' || namespace === 'pay'))
      ) {
        return false;
      }
      replyStatus(response, { code: 403, message: 'not all namespaces' });
      return true;
    });
    server.put('Pod', rawPod('two', { namespace: 'pay' }));
    server.put('Pod', rawPod('three', { namespace: 'secret' }));
    test = startFleet([
      connection('a', { namespaces: ['pay', 'shop', 'closed'] }),
    ]);
    const { inventory } = test.fleet;
    await until(
      () =>
        inventory.kindState('a', 'Pod', 'shop').synced &&
        inventory.kindState('a', 'Pod', 'pay').synced,
      { what: 'both namespaces are read' },
    );
    expect([names('a'), names('a', 'pay'), names('a', 'secret')]).toEqual([
      ['one'],
      ['two'],
      [],
    ]);
    expect(inventory.kindState('a', 'Pod', 'shop').error).toBeUndefined();
    await until(
      () =>
        inventory.kindState('a', 'Pod', 'closed').error?.code === 'forbidden',
      { what: 'the closed namespace is forbidden' },
    );
    server.delete('Pod', rawPod('one'));
    server.put('Pod', rawPod('four', { namespace: 'pay' }));
    await until(
      () => names('a').length === 0 && names('a', 'pay').length === 2,
      { what: 'the watches of the namespaces are followed' },
    );

    whole = true;
    await until(() => names('a', 'secret').join() === 'three', {
      what: 'the whole cluster is read, once it may be',
    });
    await test.untilCondition('a', 'live');
    await test.untilEqual('a', kind => server.list(kind));
    // Each kind asks again at a time of its own.
    await until(
      () =>
        test.fleet
          .stats()[0]
          .reflectors.every(({ namespace }) => namespace === undefined),
      { what: 'no kind is read namespace by namespace any more' },
    );
    expect(test.mirror.invented).toEqual([]);
  });

  it('stops everything it started', async () => {
    test = startFleet([connection('a')]);
    await test.untilCondition('a', 'live');
    test.fleet.stop();
    await until(() => server.openWatches('Pod') === 0, {
      what: 'no watch is open',
    });
    server.put('Pod', rawPod('later'));
    expect(names('a')).toEqual(['one']);
    expect(test.logger.error).not.toHaveBeenCalled();
  });

  it('goes on where a subscriber fails', async () => {
    test = startFleet([connection('a')]);
    test.fleet.inventory.subscribe(() => {
      throw new Error('broken subscriber');
    });
    await test.untilCondition('a', 'live');
    await test.untilEqual('a', kind => server.list(kind));
    expect(test.logger.error).toHaveBeenCalled();
  });
});
