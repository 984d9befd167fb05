import { parseApplied } from './parseApplied';

const parse = (text: string) => parseApplied(Buffer.from(text));

describe('parseApplied', () => {
  it('reads JSON and YAML 1.1, the first document only', () => {
    expect(parse('{"a": {"b": [1, "x", null]}}').applied).toEqual({
      a: { b: [1, 'x', null] },
    });
    expect(parse('a: yes\nb: 010\n---\nc: d\n').applied).toEqual({
      a: true,
      b: 8,
    });
    expect(parse('# nothing\n').applied).toEqual({});
  });

  it('tells keys that are there twice, and takes the last', () => {
    expect(parse('a: 1\nb: 2\na: 3\n')).toEqual({
      applied: { a: 3, b: 2 },
      duplicates: ['line 3: key "a" already set in map'],
    });
  });

  it.each(['- 1', 'text', '{a: b: c', 'a:\n b\n  c: d'])('refuses %p', text => {
    expect(() => parse(text)).toThrow('error decoding YAML: ');
  });
});
