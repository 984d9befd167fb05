import { parseNamespaces } from './parseNamespaces';

describe('parseNamespaces', () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ['dev=shop-dev,prod=shop', { dev: ['shop-dev'], prod: ['shop'] }, []],
    [' dev = a , prod=b ,', { dev: ['a'], prod: ['b'] }, []],
    ['prod=shop,prod=shop-jobs', { prod: ['shop', 'shop-jobs'] }, []],
    ['', {}, []],
    ['shop', {}, ['shop']],
    ['prod=', { prod: [] }, ['prod=']],
    ['=shop', {}, ['=shop']],
    ['prod=Shop_X', { prod: [] }, ['prod=Shop_X']],
    ['prod=..,dev=a', { prod: [], dev: ['a'] }, ['prod=..']],
    ['prod=a b', { prod: [] }, ['prod=a b']],
    ['prod=a,prod=B', { prod: ['a'] }, ['prod=B']],
    ['a=b=c', { a: [] }, ['a=b=c']],
  ])('%j', (text, named, bad) => {
    const parsed = parseNamespaces(text);
    expect(Object.fromEntries(parsed.byEnvironment)).toEqual(named);
    expect(parsed.bad).toEqual(bad);
  });
});
