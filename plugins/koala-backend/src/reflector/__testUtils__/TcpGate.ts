import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * Stands between Koala and an API server and does to the connection what a network, a frozen process or a dead
 * one would do. Works on bytes, so with any server.
 */
export class TcpGate {
  readonly url: string;
  readonly #target: URL;
  readonly #pairs = new Set<[Socket, Socket]>();
  #server: Server;
  #frozen = false;
  #bytesPerSecond: number | undefined;

  static async open(target: string): Promise<TcpGate> {
    const server = createServer();
    await listen(server, 0);
    return new TcpGate(server, new URL(target));
  }

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
    const { port } = server.address() as AddressInfo;
    this.url = `${target.protocol}//127.0.0.1:${port}`;
    server.on('connection', socket => this.#join(socket));
  }

  /** Connections are accepted and nothing answers, like after `kill -STOP`. */
  freeze(): void {
    this.#frozen = true;
    for (const [client, server] of this.#pairs) {
      client.pause();
      server.pause();
    }
  }

  thaw(): void {
    this.#frozen = false;
    for (const [client, server] of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Resets the connections there are. */
  reset(): void {
    for (const [client, server] of [...this.#pairs]) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** Refuses connections, like a server that was killed. */
  async close(): Promise<void> {
    this.#frozen = false;
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.reset();
    await closed;
  }

  /** Listens again after `close`. */
  async reopen(): Promise<void> {
    this.#server = createServer(socket => this.#join(socket));
    await listen(this.#server, Number(new URL(this.url).port));
  }

  /** Lets that many bytes per second through to the client; all of them without a number. */
  trickle(bytesPerSecond?: number): void {
    this.#bytesPerSecond = bytesPerSecond;
  }

  #join(client: Socket): void {
    const server = connect(Number(this.#target.port), '127.0.0.1');
    const pair: [Socket, Socket] = [client, server];
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', end);
    }
    client.on('data', data => server.write(data));
    server.on('data', data => this.#forward(client, server, data));
    if (this.#frozen) {
      client.pause();
      server.pause();
    }
  }

  #forward(client: Socket, server: Socket, data: Buffer): void {
    if (this.#bytesPerSecond === undefined) {
      client.write(data);
      return;
    }
    server.pause();
    client.write(data.subarray(0, 1));
    const rest = data.subarray(1);
    setTimeout(() => {
      if (rest.length > 0) {
        this.#forward(client, server, rest);
      } else if (!this.#frozen) {
        server.resume();
      }
    }, 1000 / this.#bytesPerSecond);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise(resolve =>
    server.listen(port, '127.0.0.1', () => resolve()),
  );
}
