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

  it('takes a suite that says why it was left out', async () => {
    const mayBeLeftOut = { mayBeLeftOut: true };
    const left = await runSuite(suite('console.log("no Go")', mayBeLeftOut));
    assert.deepEqual(
      [left.passed, left.failed, left.note],
      [0, 0, 'left out: no Go'],
    );
    const crashed = await runSuite(suite('process.exitCode = 1', mayBeLeftOut));
    assert.equal(crashed.failed, 1);
  });

  it('counts a command that does not exist as a failure', async () => {
    const { failed } = await runSuite({
      suite: { name: 'x', command: ['/no/such'], read: readSummaryLine },
      env: process.env,
    });
    assert.equal(failed, 1);
  });
});
