import { ContractCase } from './ContractCase';
import { ComparedResult } from './compareTargets';
import { ContractResult } from './runContract';

/** The last line of a run: `120 passed, 0 failed`. */
export function summaryOf(results: readonly ContractResult[]): string {
  const failed = results.filter(result => result.error).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

/** One line per case, followed by the reason where it failed. */
export function reportOf(result: ContractResult): string {
  const { name, error, duration } = result;
  const took = `(${Math.round(duration)} ms)`;
  if (!error) {
    return `ok   ${name} ${took}`;
  }
  const reason = error.message.replace(/^/gm, '       ');
  return `FAIL ${name} ${took}\n${reason}`;
}

/** The cases whose name contains the text, in any case; throws where there is none. */
export function casesNamed(
  cases: readonly ContractCase[],
  text: string | undefined,
): readonly ContractCase[] {
  if (!text) {
    return cases;
  }
  const wanted = text.toLowerCase();
  const found = cases.filter(it => it.name.toLowerCase().includes(wanted));
  if (found.length === 0) {
    throw new Error(`No case of the contract has "${text}" in its name.`);
  }
  return found;
}

/** How many answers that differ are shown of one case: the first ones usually explain the others. */
const SHOWN_DISAGREEMENTS = 12;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** The lines of a case that ran on both targets: one for each, and one for the comparison where both passed. */
export function reportOfBoth(result: ComparedResult): string[] {
  const { sandbox, real, disagreements } = result;
  const lines = [
    reportOf({ ...sandbox, name: `sandbox: ${sandbox.name}` }),
    reportOf({ ...real, name: `real: ${real.name}` }),
  ];
  if (sandbox.error || real.error) {
    return lines;
  }
  if (disagreements.length === 0) {
    return [...lines, `ok   same answers: ${sandbox.name}`];
  }
  return [
    ...lines,
    `FAIL same answers: ${sandbox.name}`,
    ...disagreements
      .slice(0, SHOWN_DISAGREEMENTS)
      .map(
        it =>
          `       ${it.asked} ${it.path}\n         sandbox: ${shown(
            it.sandbox,
          )}\n         real:    ${shown(it.real)}`,
      ),
    ...(disagreements.length > SHOWN_DISAGREEMENTS
      ? [`       and ${disagreements.length - SHOWN_DISAGREEMENTS} more places`]
      : []),
  ];
}

/** Counts each case on each target, and each comparison of the two, as one. */
export function summaryOfBoth(results: readonly ComparedResult[]): {
  passed: number;
  failed: number;
} {
  const failed = results.reduce((sum, { sandbox, real, disagreements }) => {
    const differs = !sandbox.error && !real.error && disagreements.length > 0;
    return (
      sum +
      Number(Boolean(sandbox.error)) +
      Number(Boolean(real.error)) +
      Number(differs)
    );
  }, 0);
  const compared = results.filter(it => !it.sandbox.error && !it.real.error);
  return {
    passed: results.length * 2 + compared.length - failed,
    failed,
  };
}
