import { connect } from 'node:net';

const TIMEOUT_MS = 5_000;

/**
 * Whether something listens where a URL leads.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export function isReachable(url) {
  const { hostname, port, protocol } = new URL(url);
  return new Promise(resolve => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'http:' ? 80 : 443),
      timeout: TIMEOUT_MS,
    });
    const end = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
