import { createServer } from 'node:net';

/** A port that nobody listens on, and as many after it as are asked for in a row. */
export async function freePort({ inARow = 1 } = {}): Promise<number> {
  for (;;) {
    const first = await listenOnce(0);
    const rest = Array.from({ length: inARow - 1 }, (_, i) => first + 1 + i);
    try {
      for (const port of rest) {
        await listenOnce(port);
      }
      return first;
    } catch {
      // One of them is taken: try from another one.
    }
  }
}

/** Whether nobody listens on a port. */
export function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? done(address.port)
          : fail(new Error('The server has no port')),
      );
    });
  });
}
