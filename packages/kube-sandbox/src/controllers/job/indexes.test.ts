import { firstFree, formatIndexes, parseIndexes } from './indexes';

describe('indexes', () => {
  it.each([
    ['', []],
    ['0', [0]],
    ['0,1', [0, 1]],
    ['0-2', [0, 1, 2]],
    ['1,3-5,7', [1, 3, 4, 5, 7]],
    ['0,1,3,4,6-8', [0, 1, 3, 4, 6, 7, 8]],
  ])('%s', (text, indexes) => {
    expect([...parseIndexes(text, 10)]).toEqual(indexes);
    expect(formatIndexes(new Set([...indexes].reverse()))).toBe(text);
  });

  it('leaves out what is no index of the job', () => {
    expect([...parseIndexes('0,x,2-9', 4)]).toEqual([0, 2, 3]);
  });

  it('finds the lowest that are free', () => {
    const taken = [new Set([0, 2]), new Set([3])];
    expect(firstFree({ count: 2, completions: 10, taken })).toEqual([1, 4]);
    expect(firstFree({ count: 9, completions: 5, taken })).toEqual([1, 4]);
  });
});
