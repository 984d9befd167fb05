import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  cert: string;
  key: string;
}

/** What a TLS server needs, and the CA that its clients have to trust. */
export interface ServerCertificates {
  caPem: string;
  server: KeyPair;
}

const DAY = 24 * 60 * 60 * 1000;
/** A certificate that is about to run out is made anew. */
const RENEW_BEFORE = 7 * DAY;

/** Validity from now on. */
export const until = (days: number) => ({
  // Clocks of clients may be behind.
  notBeforeDate: new Date(Date.now() - DAY),
  notAfterDate: new Date(Date.now() + days * DAY),
});

/** A new certificate authority of that name. */
export async function createAuthority(name: string): Promise<KeyPair> {
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: name }],
    {
      ...until(3650),
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  return { cert, key };
}

/** A certificate for servers on loopback. */
export async function createServerCertificate(
  ca: KeyPair,
  name: string,
): Promise<KeyPair> {
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: name }],
    {
      ...until(365),
      keyType: 'ec',
      algorithm: 'sha256',
      ca,
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    },
  );
  return { cert, key };
}

async function readAuthority(dir: string): Promise<KeyPair | undefined> {
  try {
    const cert = await readFile(join(dir, 'ca.crt'), 'utf8');
    const key = await readFile(join(dir, 'ca.key'), 'utf8');
    const expires = Date.parse(new X509Certificate(cert).validTo);
    return expires - Date.now() > RENEW_BEFORE ? { cert, key } : undefined;
  } catch {
    // Not there yet, or not readable as a certificate: a new one takes its place.
    return undefined;
  }
}

async function authority(dir: string | undefined): Promise<KeyPair> {
  const kept = dir ? await readAuthority(dir) : undefined;
  if (kept) {
    return kept;
  }
  const ca = await createAuthority('koala-sandbox-ca');
  if (dir) {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'ca.crt'), ca.cert);
    await writeFile(join(dir, 'ca.key'), ca.key, { mode: 0o600 });
  }
  return ca;
}

/**
 * A certificate for localhost signed by a CA of its own. With a directory the CA is kept there (`ca.crt`, `ca.key`),
 * so that clients trust the server after a restart too.
 */
export async function serverCertificates(options: {
  dir?: string;
}): Promise<ServerCertificates> {
  const ca = await authority(options.dir);
  return {
    caPem: ca.cert,
    server: await createServerCertificate(ca, 'koala-sandbox'),
  };
}
