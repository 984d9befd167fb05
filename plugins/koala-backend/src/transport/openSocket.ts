import { connect as connectTcp, isIP, Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { Clock } from './Clock';
import { ClientCertificate, Endpoint } from './Endpoint';
import { explainConnectionError } from './explainConnectionError';
import { TransportError } from './TransportError';

/** A connection that is ready to speak a protocol. */
export interface OpenSocket {
  socket: Socket;
  protocol: 'h2' | 'http/1.1';
}

/**
 * Connects, TLS handshake included, and agrees on a protocol.
 *
 * @throws TransportError, also when that takes longer than `timeoutMs`
 */
export async function openSocket(options: {
  endpoint: Endpoint;
  certificate?: ClientCertificate;
  clock: Clock;
  timeoutMs: number;
  protocols?: Array<'h2' | 'http/1.1'>;
}): Promise<OpenSocket> {
  const { endpoint, certificate, clock, timeoutMs } = options;
  const url = new URL(endpoint.url);
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (secure ? 443 : 80));

  let socket: Socket;
  try {
    socket = secure
      ? connectTls({
          host,
          port,
          servername: endpoint.tlsServerName ?? (isIP(host) ? '' : host),
          ca: endpoint.ca,
          cert: certificate?.cert,
          key: certificate?.key,
          rejectUnauthorized: !endpoint.skipTlsVerify,
          ALPNProtocols: options.protocols ?? ['h2', 'http/1.1'],
        })
      : connectTcp({ host, port });
  } catch (error) {
    // A PEM that cannot be read is thrown before anything is sent.
    throw explainConnectionError(url.host, error);
  }
  socket.setNoDelay(true);

  await new Promise<void>((resolve, reject) => {
    const timeout = new TransportError({
      code: 'timeout',
      message: `${url.host} does not complete a connection within ${
        timeoutMs / 1000
      } s`,
      nextStep:
        'Check that the API server is running and not frozen, and the network, VPN or firewall on the way.',
    });
    const cancel = clock.after(timeoutMs, () => settle(timeout));
    function settle(error?: unknown) {
      cancel();
      socket.off('error', settle);
      socket.off('close', onClose);
      if (error === undefined) {
        resolve();
      } else {
        // Errors of a socket that is given up are of no more interest, but must not be unhandled.
        socket.on('error', () => {});
        socket.destroy();
        reject(explainConnectionError(url.host, error));
      }
    }
    function onClose() {
      settle(
        new TransportError({
          code: 'lost',
          message: `${url.host} closed the connection while it was being made`,
        }),
      );
    }
    socket.once(secure ? 'secureConnect' : 'connect', () => settle());
    socket.on('error', settle);
    socket.on('close', onClose);
  });

  return {
    socket,
    protocol:
      socket instanceof TLSSocket && socket.alpnProtocol === 'h2'
        ? 'h2'
        : 'http/1.1',
  };
}
