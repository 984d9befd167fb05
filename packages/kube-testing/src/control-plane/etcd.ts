import { join } from 'node:path';
import { ManagedProcess } from '../process/ManagedProcess';
import { freePorts } from '../process/freePorts';
import { Reaper } from '../process/Reaper';
import { GiveUp, until } from '../process/until';

/** A running etcd: what the API servers connect to, and the way to make it forget history. */
export interface Etcd {
  url: string;
  /** Drops all revisions before the newest one. */
  compact(): Promise<void>;
}

/** Starts etcd on free loopback ports, with its data and log in `dir`, and waits until it serves. */
export async function startEtcd(options: {
  command: string;
  dir: string;
  reaper: Reaper;
}): Promise<Etcd> {
  const { command, dir, reaper } = options;
  const [clientPort, peerPort] = await freePorts(2);
  const url = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const managed = ManagedProcess.start({
    command,
    args: [
      '--unsafe-no-fsync',
      `--data-dir=${join(dir, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--log-level=warn',
    ],
    logFile: join(dir, 'etcd.log'),
    reaper,
  });
  await until({
    what: 'etcd being ready',
    attempt: async () => {
      if (!managed.running) {
        throw new GiveUp(managed.failure('ended before it was ready'));
      }
      const response = await fetch(`${url}/health`);
      return response.ok;
    },
  });
  return { url, compact: () => compact(url) };
}

async function compact(url: string): Promise<void> {
  const { header } = await call<{ header: { revision: string } }>(
    `${url}/v3/kv/range`,
    { key: Buffer.from('/').toString('base64') },
  );
  await call(`${url}/v3/kv/compaction`, {
    revision: header.revision,
    physical: true,
  });
}

async function call<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const text = await response.text();
  // Two callers may compact the same revision; the second has nothing left to do.
  if (!response.ok && !/has been compacted/.test(text)) {
    throw new Error(`etcd answered ${response.status} to ${url}: ${text}`);
  }
  return JSON.parse(text) as T;
}
