import { JsonLines } from './JsonLines';

describe('JsonLines', () => {
  const frames = [{ name: 'köala 🐨\u2028' }, { name: 'b' }, { name: 'c' }];
  const bytes = Buffer.from(
    frames.map(it => `${JSON.stringify(it)}\n`).join(''),
  );

  it.each([1, 2, 3, 7, 1000])('reads the same in chunks of %d', size => {
    const lines = new JsonLines<object>();
    const read: object[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      read.push(...lines.push(bytes.subarray(at, at + size)));
    }
    read.push(...lines.end());
    expect(read).toEqual(frames);
  });

  it('reads a last line without a line feed', () => {
    const lines = new JsonLines<object>();
    expect(lines.push(Buffer.from('{"a":1}\n{"b"'))).toEqual([{ a: 1 }]);
    expect(lines.push(Buffer.from(':2}'))).toEqual([]);
    expect(lines.end()).toEqual([{ b: 2 }]);
    expect(lines.end()).toEqual([]);
  });

  it('shows what is not JSON', () => {
    expect(() => new JsonLines().push(Buffer.from('<html>\n'))).toThrow(
      'Not a JSON line: <html>',
    );
  });
});
