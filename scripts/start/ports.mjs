import { createServer } from 'node:net';
import { Failure } from '../command.mjs';

/**
 * Refuses to start where a port is taken, and says how to choose another.
 *
 * @param {Array<{ port: number, variable: string, of: string, command: string, suggest?: number }>} wanted
 */
export async function requireFreePorts(wanted) {
  for (const wish of wanted) {
    const { port, variable, of, command, suggest = port + 100 } = wish;
    const problem = await problemWith(port);
    if (problem === 'EADDRINUSE') {
      throw new Failure(
        `Port ${port} for ${of} is already in use: end the program that uses it, or choose another with ${variable}=${suggest} ${command}.`,
      );
    }
    if (problem === 'EACCES') {
      throw new Failure(
        `Port ${port} for ${of} may not be used by this user: choose one above 1024 with ${variable}=${suggest} ${command}.`,
      );
    }
  }
}

/** Tries every address a program might hold the port on. */
async function problemWith(port) {
  for (const host of ['127.0.0.1', '::1', undefined]) {
    const code = await listenOnce({ port, host });
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      return code;
    }
  }
  return undefined;
}

function listenOnce({ port, host }) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}
