import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { requireFreePorts } from './ports.mjs';

function listen(host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => resolve(server));
  });
}

describe('requireFreePorts', () => {
  for (const host of ['127.0.0.1', '0.0.0.0', undefined]) {
    it(`sees a port in use on ${
      host ?? 'all addresses'
    }, and says how to choose another`, async () => {
      const server = await listen(host);
      const { port } = server.address();
      const wanted = {
        port,
        variable: 'PORT',
        of: 'the portal',
        command: 'npm start',
      };
      await assert.rejects(
        requireFreePorts([wanted]),
        new RegExp(
          `Port ${port} for the portal is already in use: .* PORT=${
            port + 100
          } npm start`,
        ),
      );
      await new Promise(done => server.close(done));
      await requireFreePorts([wanted]);
    });
  }
});
