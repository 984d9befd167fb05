import { parseLabelSelector } from './parseLabelSelector';
import { selectorMatches } from './selectorMatches';

describe('selectorMatches', () => {
  const labels = { app: 'cart', tier: 'web', empty: '' };

  it.each([
    ['', true],
    ['app=cart', true],
    ['app=cart,tier=web', true],
    ['app=cart,tier=db', false],
    ['app=Cart', false],
    ['team=shop', false],
    ['empty=', true],
    ['team=', false],
    ['app!=cart', false],
    ['app!=pay', true],
    ['team!=shop', true],
    ['app in (cart,pay)', true],
    ['app in (pay)', false],
    ['team in (shop)', false],
    ['app notin (pay)', true],
    ['app notin (cart)', false],
    ['team notin (shop)', true],
    ['app', true],
    ['empty', true],
    ['team', false],
    ['!team', true],
    ['!app', false],
    ['constructor', false],
    ['toString', false],
    ['!constructor', true],
  ])('%j: %s', (text, expected) => {
    expect(selectorMatches(parseLabelSelector(text), labels)).toBe(expected);
  });

  it('selects nothing by an operator that it does not know', () => {
    const matchExpressions = [
      { key: 'app', operator: 'Gt' as 'In', values: ['1'] },
    ];
    expect(selectorMatches({ matchLabels: {}, matchExpressions }, labels)).toBe(
      false,
    );
  });
});
