import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far, from Linux's `/proc`. */
export interface ProcessUsage {
  pid: number;
  parent: number;
  /** The program's name, at most 15 characters. */
  name: string;
  /** Resident memory in bytes. */
  rss: number;
  /** Seconds of processor time, of its threads too. */
  cpuSeconds: number;
}

/** The kernel counts in hundredths of a second, whatever its own clock. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Reads a line of `/proc/<pid>/stat`; the name is in brackets and may have spaces and brackets itself. */
export function parseStat(line: string): ProcessUsage {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const fields = line.slice(close + 2).split(' ');
  return {
    pid: Number(line.slice(0, open)),
    name: line.slice(open + 1, close),
    parent: Number(fields[1]),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rss: Number(fields[21]) * PAGE_BYTES,
  };
}

function readProcesses(): ProcessUsage[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        // It ended in between.
        return [];
      }
    });
}

/** A process and all that it started, in any depth, that run now. */
export function processTree(root: number): ProcessUsage[] {
  const processes = readProcesses();
  const tree = processes.filter(({ pid }) => pid === root);
  for (const { pid } of tree) {
    tree.push(...processes.filter(({ parent }) => parent === pid));
  }
  return tree;
}
