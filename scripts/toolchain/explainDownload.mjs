import { Failure } from '../command.mjs';

const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|getaddrinfo|network request failed|RequestError/i;
const CERTIFICATE = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|certificate/;

/**
 * Says in one sentence why npm or Yarn could not fetch something.
 *
 * @param {{ what: string, tool: 'npm' | 'yarn', output: string }} failed `output`: all that the tool printed
 * @returns {Failure}
 */
export function explainDownload({ what, tool, output }) {
  if (/ENOSPC|no space left/i.test(output)) {
    return new Failure(
      `The disk is full: ${what} could not be installed; free some space, or choose another disk for downloads with KOALA_CACHE_DIR.`,
    );
  }
  if (CERTIFICATE.test(output)) {
    return new Failure(
      `${what} could not be fetched because the registry's certificate is not trusted: point NODE_EXTRA_CA_CERTS at your organisation's certificate file and try again.`,
    );
  }
  if (NO_NETWORK.test(output)) {
    return new Failure(
      `${what} could not be fetched because the npm registry cannot be reached: check the network and the proxy settings (HTTPS_PROXY) and try again.`,
    );
  }
  if (/EACCES|EPERM/.test(output)) {
    return new Failure(
      `${what} could not be installed because a directory may not be written: ${errorLine(
        output,
      )}.`,
    );
  }
  return new Failure(
    `${what} could not be installed by ${tool}: ${errorLine(output)}`,
  );
}

function errorLine(output) {
  const lines = output
    .split('\n')
    .map(line => line.replace(/\x1b\[[0-9;]*m/g, '').trim())
    .filter(Boolean);
  const telling = lines.filter(line => /error|YN0028|✘|➤ YN0001/i.test(line));
  return (telling.length ? telling.slice(0, 3) : lines.slice(-3)).join(' | ');
}
