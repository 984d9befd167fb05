import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverCertificates } from './certificates';

describe('serverCertificates', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'certificates-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('signs a certificate for localhost with a CA of its own', async () => {
    const { caPem, server } = await serverCertificates({});
    const certificate = new X509Certificate(server.cert);
    const ca = new X509Certificate(caPem);
    expect(ca.ca).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  });

  it('keeps the CA of a directory, and replaces one that cannot be read', async () => {
    const first = await serverCertificates({ dir });
    const second = await serverCertificates({ dir });
    expect(second.caPem).toBe(first.caPem);
    expect(second.server.cert).not.toBe(first.server.cert);
    await writeFile(join(dir, 'ca.crt'), 'rubbish');
    const third = await serverCertificates({ dir });
    expect(third.caPem).not.toBe(first.caPem);
    expect(await readFile(join(dir, 'ca.crt'), 'utf8')).toBe(third.caPem);
  });
});
