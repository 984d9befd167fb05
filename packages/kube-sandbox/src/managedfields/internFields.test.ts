import { internFields, isInterned, readFields } from './internFields';

describe('internFields', () => {
  it('holds equal sets once, whole and in part', () => {
    const ready = (ip: string) => ({
      'f:status': {
        'f:conditions': { 'k:{"type":"Ready"}': { '.': {}, 'f:status': {} } },
        'f:podIPs': { [`k:{"ip":"${ip}"}`]: { '.': {}, 'f:ip': {} } },
      },
    });
    const one = readFields(ready('10.0.0.1'));
    const two = readFields(ready('10.0.0.2'));
    expect(readFields(ready('10.0.0.1'))).toBe(one);
    expect(two).not.toBe(one);
    expect(two['f:status']['f:conditions']).toBe(
      one['f:status']['f:conditions'],
    );
    expect(Object.isFrozen(one['f:status'])).toBe(true);
    expect(isInterned(one)).toBe(true);
    expect(internFields(one)).toBe(one);
  });

  it('does not take one strange field for two', () => {
    const two = readFields({ 'f:a': {}, 'f:b': {} });
    for (const strange of ['f:a 0 3 f:b', 'f:a 0\nf:b', 'f:a0f:b']) {
      expect(readFields({ [strange]: {} })).not.toBe(two);
    }
  });

  it('reads what a client wrote in any order', () => {
    const read = readFields({
      'f:b': { 'k:{"b":1,"a":"x"}': {}, '.': {} },
      'z:later': {},
      'f:a': {},
      '.': {},
    });
    expect(JSON.stringify(read)).toBe(
      '{"f:a":{},"f:b":{".":{},"k:{\\"a\\":\\"x\\",\\"b\\":1}":{}}}',
    );
  });

  it('refuses what is no path element', () => {
    expect(() => readFields({ spec: {} })).toThrow('missing colon');
    expect(() => readFields({ 'k:{': {} })).toThrow(SyntaxError);
  });
});
