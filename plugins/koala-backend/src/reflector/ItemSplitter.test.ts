import { ItemSplitter } from './ItemSplitter';

function split(text: string, size: number) {
  const splitter = ItemSplitter.create({ maxItemBytes: 1000 });
  const bytes = Buffer.from(text);
  const items: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const item of splitter.push(bytes.subarray(at, at + size))) {
      items.push(JSON.parse(item.toString()));
    }
  }
  return { items, envelope: splitter.end() };
}

const metadata = { resourceVersion: '7', continue: 'a"],b' };
const awkward = [
  { metadata: { name: 'a"],{' }, items: [1, { items: [2] }] },
  { text: '\\"\\\\', unicode: 'ü\u2028', nested: [[], {}, [{}]] },
  null,
  { __proto__: null, last: true },
];

describe('ItemSplitter', () => {
  it.each([1, 2, 3, 7, 1000])(
    'gives what JSON.parse gives, in chunks of %d bytes',
    size => {
      for (const indent of [undefined, 2]) {
        for (const items of [awkward, [], [{}]]) {
          for (const list of [
            { kind: 'PodList', metadata, items },
            { items, kind: 'PodList', metadata },
          ]) {
            const text = JSON.stringify(list, null, indent);
            expect(split(text, size)).toEqual({
              items: JSON.parse(JSON.stringify(items)),
              envelope: { ...list, items: [] },
            });
          }
        }
      }
    },
  );

  it('leaves items alone that are no list, and those that are not at the top', () => {
    const list = { a: { items: [1] }, b: 'items', items: null };
    expect(split(JSON.stringify(list), 5)).toEqual({
      items: [],
      envelope: list,
    });
  });

  it('knows a list that is cut off', () => {
    const text = JSON.stringify({ metadata, items: [{ a: 1 }, { b: 2 }] });
    for (let length = 0; length < text.length; length++) {
      expect(() => split(text.slice(0, length), 4)).toThrow(/cut off/);
    }
  });

  it('refuses an item that is too large', () => {
    const text = JSON.stringify({ items: ['x'.repeat(2000)] });
    expect(() => split(text, 100)).toThrow(/larger than 1000 bytes/);
  });
});
