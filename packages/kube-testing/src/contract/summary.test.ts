import { contractCases } from './cases';
import { casesNamed, reportOf, summaryOf } from './summary';

const passed = { name: 'list: a', transcript: [], duration: 12.4 };
const failed = {
  name: 'watch: b',
  transcript: [],
  duration: 3,
  error: new Error('1 !== 2\nin line 2'),
};

describe('the contract', () => {
  it('has at least 60 cases with names of their own', () => {
    const names = contractCases.map(it => it.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
  });
});

describe('summaryOf', () => {
  it('counts', () => {
    expect(summaryOf([passed, failed, passed])).toBe('2 passed, 1 failed');
    expect(summaryOf([])).toBe('0 passed, 0 failed');
  });
});

describe('reportOf', () => {
  it('is one line for what passed, and the reason for what failed', () => {
    expect(reportOf(passed)).toBe('ok   list: a (12 ms)');
    expect(reportOf(failed)).toBe(
      'FAIL watch: b (3 ms)\n       1 !== 2\n       in line 2',
    );
  });
});

describe('casesNamed', () => {
  it('takes all without a text, and those with it otherwise', () => {
    expect(casesNamed(contractCases, undefined)).toBe(contractCases);
    const found = casesNamed(contractCases, 'BOOKMARK');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(it => /bookmark/i.test(it.name))).toBe(true);
  });

  it('says when a text selects nothing', () => {
    expect(() => casesNamed(contractCases, 'wombat')).toThrow(
      'No case of the contract has "wombat" in its name.',
    );
  });
});
