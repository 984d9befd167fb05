import { dnsLabelProblems } from '../../selectors/labelSyntax';
import {
  countOrPercent,
  isNone,
  notMoreThanAll,
  portNameProblems,
  portNumber,
  problemsOf,
} from './fieldChecks';

const messages = (causes: { message: string }[]) =>
  causes.map(({ message }) => message.replace(/, \(.*| \(e\.g\..*/, ''));

describe('field checks', () => {
  it.each([
    [0, []],
    ['25%', []],
    [undefined, []],
    [-1, ['Invalid value: -1: must be greater than or equal to 0']],
    [
      'many',
      [
        `Invalid value: "many": a valid percent string must be a numeric string followed by an ending '%'`,
      ],
    ],
  ])('a count or a percentage: %s', (value, expected) => {
    expect(messages(countOrPercent(value, 'x'))).toEqual(expected);
  });

  it('knows all from more, and some from none', () => {
    expect(notMoreThanAll('100%', 'x')).toEqual([]);
    expect(notMoreThanAll(1000, 'x')).toEqual([]);
    expect(notMoreThanAll('101%', 'x')).toHaveLength(1);
    expect([0, '0%', 1, '1%'].map(isNone)).toEqual([true, true, false, false]);
  });

  it('checks ports and their names', () => {
    expect(portNumber(65535, 'x')).toEqual([]);
    expect(portNumber(65536, 'x')).toHaveLength(1);
    expect(portNameProblems('http')).toEqual([]);
    expect(portNameProblems('1-2')).toEqual([
      'must contain at least one letter (a-z)',
    ]);
    expect(portNameProblems('-a--b')).toEqual([
      'must not contain consecutive hyphens',
      'must not begin or end with a hyphen',
    ]);
  });

  it('makes causes of the problems of a syntax', () => {
    expect(problemsOf('ok', 'spec.name', dnsLabelProblems)).toEqual([]);
    expect(problemsOf('a.b', 'spec.name', dnsLabelProblems)).toEqual([
      {
        reason: 'FieldValueInvalid',
        field: 'spec.name',
        message: 'Invalid value: "a.b": must not contain dots',
      },
    ]);
  });
});
