import { ContractCase } from './ContractCase';
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
