import { spawn } from 'node:child_process';
import { parseStat, processTree } from './processUsage';

describe('parseStat', () => {
  it('reads what was used, whatever the name holds', () => {
    const fields = Array.from({ length: 50 }, () => '0');
    fields[0] = 'S';
    fields[1] = '7';
    fields[11] = '150';
    fields[12] = '50';
    fields[21] = '1000';
    expect(parseStat(`42 (a (b) c) ${fields.join(' ')}\n`)).toEqual({
      pid: 42,
      parent: 7,
      name: 'a (b) c',
      cpuSeconds: 2,
      rss: 4_096_000,
    });
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('processTree', () => {
  it('holds a process and its children', () => {
    const child = spawn('sleep', ['60']);
    try {
      const tree = processTree(process.pid);
      expect(tree[0]).toMatchObject({ pid: process.pid });
      expect(tree.map(({ pid }) => pid)).toContain(child.pid);
      expect(tree[0].rss).toBeGreaterThan(10_000_000);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
