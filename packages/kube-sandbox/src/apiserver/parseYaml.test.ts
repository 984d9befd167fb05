import { parseYaml, YamlError } from './parseYaml';

describe('parseYaml', () => {
  it('reads YAML 1.1 as Go does: no dates, no numbers to the base of sixty', () => {
    expect(
      parseYaml(
        'a: yes\nb: 0777\nc: 2001-01-01\nd: 1:30\ne: "no"\nf: ~\n---\na: no\n',
      ).data,
    ).toEqual({
      a: true,
      b: 511,
      c: '2001-01-01',
      d: '1:30',
      e: 'no',
      f: null,
    });
  });

  it('names the lines of repeated keys and takes the last one', () => {
    const { data, duplicates } = parseYaml(
      'a: 1\nb:\n  c: 1\n  c: 2\nlist:\n  - d: 1\n    d:\n      e: 1\na: 2\n',
    );
    expect(data).toEqual({ a: 2, b: { c: 2 }, list: [{ d: { e: 1 } }] });
    expect(duplicates).toEqual([
      'line 4: key "c" already set in map',
      'line 8: key "d" already set in map',
      'line 9: key "a" already set in map',
    ]);
  });

  it('says where it is no YAML', () => {
    expect(() => parseYaml('a: [')).toThrow(YamlError);
    expect(() => parseYaml('a: 1\nb: [')).toThrow(/^line \d: /);
  });

  it('reads nothing as null', () => {
    expect(parseYaml('')).toEqual({ data: null, duplicates: [] });
  });
});
