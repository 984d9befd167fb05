import { LineSplitter } from './LineSplitter';

const lines = (splitter: LineSplitter, ...chunks: (string | Buffer)[]) =>
  chunks.flatMap(chunk =>
    [...splitter.push(Buffer.from(chunk))].map(line => line.toString()),
  );

describe('LineSplitter', () => {
  it('cuts lines wherever the chunks end', () => {
    const splitter = LineSplitter.create({ maxBytes: 100 });
    expect(lines(splitter, 'on', 'e\ntwo\n\nth', 'ree', '\n', 'fo')).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(splitter.held).toBe(2);
  });

  it('does not break a character that two chunks share, nor at U+2028', () => {
    const text = '{"a":"ü\u2028\u2029"}';
    const bytes = Buffer.from(`${text}\n`);
    const splitter = LineSplitter.create({ maxBytes: 100 });
    const chunks = [...bytes].map(byte => Buffer.from([byte]));
    expect(lines(splitter, ...chunks)).toEqual([text]);
  });

  it('refuses a line that is too long, ended or not', () => {
    expect(() =>
      lines(LineSplitter.create({ maxBytes: 4 }), '12345\n'),
    ).toThrow(/larger than 4 bytes/);
    expect(() =>
      lines(LineSplitter.create({ maxBytes: 4 }), '123', '45'),
    ).toThrow(/larger than 4 bytes/);
  });

  it('takes a long line in many small chunks in linear time', () => {
    const splitter = LineSplitter.create({ maxBytes: 64 * 1024 * 1024 });
    const chunk = Buffer.alloc(64, 'x');
    for (let i = 0; i < 200_000; i++) {
      expect([...splitter.push(chunk)]).toHaveLength(0);
    }
    const [line] = [...splitter.push(Buffer.from('\n'))];
    expect(line.length).toBe(200_000 * 64);
  });
});
