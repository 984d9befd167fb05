import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { startGroup } from './processGroup.mjs';
import { waitUntil } from './waitUntil.mjs';

const directory = mkdtempSync(join(tmpdir(), 'koala-group-'));
after(() => rmSync(directory, { recursive: true }));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // A child that nobody has waited for yet answers too.
    return !/\bZ\b/.test(
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').pop().slice(0, 4),
    );
  } catch {
    return false;
  }
}

function start(script, extra = {}) {
  return startGroup({
    file: process.execPath,
    args: ['--eval', script],
    cwd: directory,
    env: process.env,
    onLine: () => {},
    ...extra,
  });
}

describe('startGroup', () => {
  it('ends what its program started too', async () => {
    const lines = [];
    const group = start(
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
       console.log(child.pid);
       setInterval(() => {}, 1000);`,
      { onLine: line => lines.push(line) },
    );
    await waitUntil(async () => lines.length > 0);
    const grandchild = Number(lines[0]);
    assert.ok(isAlive(grandchild));
    await group.stop();
    assert.ok(!isAlive(grandchild));
    assert.ok(group.hasExited());
  });

  it('says when the program ends by itself', async () => {
    const group = start('process.exitCode = 3');
    assert.deepEqual(await group.exited, { code: 3, signal: null });
    await group.stop();
  });

  it('survives a program that does not exist', async () => {
    const group = start('', { file: join(directory, 'missing') });
    assert.equal((await group.exited).code, 127);
    await group.stop();
  });
});
