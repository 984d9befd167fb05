/** @typedef {{ passed: number, failed: number }} Sum */

/** The line every test command ends in. @param {Sum} sum */
export function summaryLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

/**
 * The last such line of a command's output.
 *
 * @param {string} output
 * @returns {Sum | undefined}
 */
export function readSummaryLine(output) {
  const found = [
    ...output
      .replace(/\x1b\[[0-9;]*m/g, '')
      .matchAll(/^\s*(\d+) passed, (\d+) failed\s*$/gm),
  ].pop();
  return found && { passed: Number(found[1]), failed: Number(found[2]) };
}

/** @param {Sum[]} sums */
export function addUp(sums) {
  return {
    passed: sums.reduce((total, { passed }) => total + passed, 0),
    failed: sums.reduce((total, { failed }) => total + failed, 0),
  };
}
