import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runSuite } from './suites.mjs';
import { readSummaryLine } from './summary.mjs';

function suite(script, more = {}) {
  return {
    suite: {
      name: 'x',
      command: [process.execPath, '--eval', script],
      read: readSummaryLine,
      ...more,
    },
    env: process.env,
  };
}

describe('runSuite', () => {
  for (const [what, script, expected] of [
    ['takes the sum', 'console.log("4 passed, 0 failed")', [4, 0]],
    [
      'takes failures',
      'console.log("4 passed, 2 failed"); process.exitCode = 1',
      [4, 2],
    ],
    [
      'counts a crash after a good sum as a failure',
      'console.log("4 passed, 0 failed"); process.exitCode = 7',
      [4, 1],
    ],
    ['counts a suite without a sum as a failure', '', [0, 1]],
    [
      'counts a suite that ran nothing as a failure',
      'console.log("0 passed, 0 failed")',
      [0, 1],
    ],
  ]) {
    it(what, async () => {
      const { passed, failed } = await runSuite(suite(script));
      assert.deepEqual([passed, failed], expected);
    });
  }

  it('passes on what a suite says it left out', async () => {
    const { passed, failed, note } = await runSuite(
      suite('console.log("Left out: no Go\\n3 passed, 0 failed")'),
    );
    assert.deepEqual([passed, failed, note], [3, 0, 'Left out: no Go']);
  });

  it('counts a command that does not exist as a failure', async () => {
    const { failed } = await runSuite({
      suite: { name: 'x', command: ['/no/such'], read: readSummaryLine },
      env: process.env,
    });
    assert.equal(failed, 1);
  });
});
