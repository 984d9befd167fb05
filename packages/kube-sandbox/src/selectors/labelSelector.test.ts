import {
  matchesLabels,
  parseLabelSelector,
  selectorText,
} from './labelSelector';

const labels = { app: 'cart', tier: 'web', size: '5', empty: '' };

describe('label selectors', () => {
  it.each([
    ['', true],
    ['app=cart', true],
    ['app==cart', true],
    ['app = cart', true],
    ['app!=cart', false],
    ['missing!=cart', true],
    ['app', true],
    ['missing', false],
    ['!app', false],
    ['!missing', true],
    ['app in (cart,search)', true],
    ['app in (search)', false],
    ['app notin (search)', true],
    ['missing notin (a)', true],
    ['missing in (a)', false],
    ['empty=', true],
    ['empty in ()', true],
    ['app=cart,tier=web', true],
    ['app=cart,tier=db', false],
    ['size>4', true],
    ['size<5', false],
    ['app>4', false],
    ['constructor', false],
  ])('%j -> %s', (selector, matches) => {
    expect(matchesLabels(parseLabelSelector(selector), labels)).toBe(matches);
  });

  it.each([
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    [
      'n in (',
      "unable to parse requirement: found '', expected: ',', ')' or identifier",
    ],
    ['n in (1', "unable to parse requirement: found '', expected: ',' or ')'"],
    [
      'a foo b',
      "unable to parse requirement: found 'foo', expected: in, notin, =, ==, !=, gt, lt",
    ],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a,,b', "found ',', expected: identifier after ','"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['-bad=x', /^unable to parse requirement: <nil>: Invalid value: "-bad"/],
    ['a=b/c', /^unable to parse requirement: values\[0\]\[a\]: Invalid value/],
  ])('refuses %j in the words of the real server', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
  });

  it('writes the selector of a workload as text', () => {
    expect(
      selectorText({
        matchLabels: { app: 'cart' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['web', 'api'] },
          { key: 'x', operator: 'Exists' },
          { key: 'y', operator: 'DoesNotExist' },
        ],
      }),
    ).toBe('app=cart,tier in (api,web),x,!y');
  });
});
