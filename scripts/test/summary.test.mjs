import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addUp, readSummaryLine, summaryLine } from './summary.mjs';

describe('readSummaryLine', () => {
  it('takes the last line of its kind', () => {
    const output = '1 passed, 9 failed\nmore\n60 passed, 0 failed\n';
    assert.deepEqual(readSummaryLine(output), { passed: 60, failed: 0 });
  });

  it('sees through colours', () => {
    assert.deepEqual(readSummaryLine('\x1b[32m3 passed, 0 failed\x1b[0m'), {
      passed: 3,
      failed: 0,
    });
  });

  it('does not take half a line for one', () => {
    assert.equal(readSummaryLine('of 3 passed, 0 failed to load'), undefined);
    assert.equal(readSummaryLine(''), undefined);
  });

  it('reads what summaryLine writes', () => {
    const sum = addUp([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]);
    assert.deepEqual(readSummaryLine(summaryLine(sum)), {
      passed: 5,
      failed: 1,
    });
  });
});
