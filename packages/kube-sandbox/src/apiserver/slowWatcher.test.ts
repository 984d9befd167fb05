import { connect } from 'node:http2';
import { runningServer } from './__testing__/runningServer';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

jest.setTimeout(60_000);

describe('a watcher that does not read', () => {
  const running = runningServer();

  it('is cut off before it fills the memory', async () => {
    const { client, server } = running;
    await client.post(CONFIG_MAPS, { metadata: { name: 'large' } });
    const session = connect(server.url, { ca: server.caPem });
    const stream = session.request({
      ':path': `${CONFIG_MAPS}?watch=1`,
      authorization: 'Bearer admin',
    });
    await new Promise((resolve, reject) => {
      stream.on('response', resolve).on('error', reject);
    });
    stream.pause();
    let isCutOff = false;
    const cutOff = new Promise<void>(resolve => {
      stream.on('error', () => {});
      stream.on('close', () => {
        isCutOff = true;
        resolve();
      });
    });
    const text = 'x'.repeat(1_000_000);
    for (let count = 0; count < 60 && !isCutOff; count++) {
      await client.patch(`${CONFIG_MAPS}/large`, {
        data: { text, n: `${count}` },
      });
    }
    await cutOff;
    session.destroy();
    expect((await client.get('/readyz')).code).toBe(200);
  });
});
