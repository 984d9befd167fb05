import { moveInGrid } from './navigation';
import { MatrixRow } from './rows';

const service = (name: string, problem = false) =>
  ({ type: 'service', key: name, problem, height: 40 } as MatrixRow);
const rows = [
  { type: 'system', key: 'shop', height: 28 } as MatrixRow,
  service('cart'),
  service('checkout', true),
  service('search', true),
];

describe('moveInGrid', () => {
  it.each([
    ['ArrowDown', { row: 'cart', column: 1 }, { row: 'checkout', column: 1 }],
    ['ArrowDown', { row: 'search', column: 1 }, { row: 'search', column: 1 }],
    ['ArrowUp', { row: 'shop', column: 0 }, { row: 'shop', column: 0 }],
    ['ArrowRight', { row: 'cart', column: 3 }, { row: 'cart', column: 3 }],
    ['ArrowLeft', { row: 'cart', column: 1 }, { row: 'cart', column: 0 }],
    ['Home', { row: 'cart', column: 2 }, { row: 'cart', column: 0 }],
    ['End', { row: 'cart', column: 0 }, { row: 'cart', column: 3 }],
    ['PageDown', { row: 'cart', column: 1 }, { row: 'search', column: 1 }],
    ['j', { row: 'cart', column: 1 }, { row: 'checkout', column: 1 }],
    ['k', { row: 'checkout', column: 1 }, { row: 'cart', column: 1 }],
    ['n', { row: 'cart', column: 1 }, { row: 'checkout', column: 2 }],
    ['n', { row: 'search', column: 1 }, { row: 'checkout', column: 2 }],
    ['N', { row: 'checkout', column: 1 }, { row: 'search', column: 2 }],
    ['n', undefined, { row: 'checkout', column: 2 }],
    ['N', undefined, { row: 'search', column: 2 }],
    ['ArrowDown', undefined, { row: 'shop', column: 0 }],
    ['x', { row: 'cart', column: 1 }, undefined],
  ])('%s from %j leads to %j', (key, position, expected) => {
    expect(
      moveInGrid({
        rows,
        columns: 3,
        position,
        key,
        problemColumn: () => 2,
      }),
    ).toEqual(expected);
  });

  it('goes to the ends of the grid', () => {
    const position = { row: 'cart', column: 1 };
    const move = (key: string) =>
      moveInGrid({ rows, columns: 3, position, key, far: true });
    expect(move('Home')).toEqual({ row: 'shop', column: 0 });
    expect(move('End')).toEqual({ row: 'search', column: 3 });
  });

  it('starts again from the top when its row is gone', () => {
    expect(
      moveInGrid({
        rows,
        columns: 3,
        position: { row: 'gone', column: 2 },
        key: 'ArrowDown',
      }),
    ).toEqual({ row: 'shop', column: 2 });
  });

  it('has nowhere to go in an empty grid or without problems', () => {
    expect(
      moveInGrid({ rows: [], columns: 3, position: undefined, key: 'j' }),
    ).toBeUndefined();
    expect(
      moveInGrid({
        rows: [service('cart')],
        columns: 3,
        position: undefined,
        key: 'n',
      }),
    ).toBeUndefined();
  });
});
