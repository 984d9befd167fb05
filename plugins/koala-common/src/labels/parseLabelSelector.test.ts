import { formatSelector } from './formatSelector';
import { LabelSelectorError, parseLabelSelector } from './parseLabelSelector';

describe('parseLabelSelector', () => {
  it.each([
    ['', {}, []],
    ['  ', {}, []],
    ['app=cart', { app: 'cart' }, []],
    ['app == cart', { app: 'cart' }, []],
    ['app=', { app: '' }, []],
    [
      'app.kubernetes.io/name=cart,tier=web',
      { 'app.kubernetes.io/name': 'cart', tier: 'web' },
      [],
    ],
    ['c!=d', {}, [{ key: 'c', operator: 'NotIn', values: ['d'] }]],
    ['c != d', {}, [{ key: 'c', operator: 'NotIn', values: ['d'] }]],
    ['c!=', {}, [{ key: 'c', operator: 'NotIn', values: [''] }]],
    ['g', {}, [{ key: 'g', operator: 'Exists', values: [] }]],
    ['!f', {}, [{ key: 'f', operator: 'DoesNotExist', values: [] }]],
    ['! f', {}, [{ key: 'f', operator: 'DoesNotExist', values: [] }]],
    ['e in (x,y)', {}, [{ key: 'e', operator: 'In', values: ['x', 'y'] }]],
    ['e in(x)', {}, [{ key: 'e', operator: 'In', values: ['x'] }]],
    [
      'e notin ( x , y )',
      {},
      [{ key: 'e', operator: 'NotIn', values: ['x', 'y'] }],
    ],
    ['e in (x,)', {}, [{ key: 'e', operator: 'In', values: ['x', ''] }]],
    ['in in (in)', {}, [{ key: 'in', operator: 'In', values: ['in'] }]],
    ['a=b,a=c', { a: 'b' }, [{ key: 'a', operator: 'In', values: ['c'] }]],
    [
      'a=b,c!=d,e in (x,y),!f,g',
      { a: 'b' },
      [
        { key: 'c', operator: 'NotIn', values: ['d'] },
        { key: 'e', operator: 'In', values: ['x', 'y'] },
        { key: 'f', operator: 'DoesNotExist', values: [] },
        { key: 'g', operator: 'Exists', values: [] },
      ],
    ],
  ])('reads %j', (text, matchLabels, matchExpressions) => {
    expect(parseLabelSelector(text)).toEqual({ matchLabels, matchExpressions });
  });

  it.each([
    ['app=cart,', 'comma'],
    [',app=cart', 'comma'],
    ['a=b,,c', 'comma'],
    ['=cart', 'names no label'],
    ['!', 'names no label'],
    ['app=ca rt', "'ca rt'"],
    ['a b', "'a b'"],
    ['app=cart=2', "'cart=2'"],
    ['-app=cart', "'-app'"],
    ['app=-cart', "'-cart'"],
    [`app=${'x'.repeat(64)}`, 'value'],
    ['Not.A_Prefix/app=x', 'key'],
    ['a/b/c=x', 'key'],
    ['e in x,y', "'e in x'"],
    ['e in (x', 'does not close'],
    ['e in x)', 'does not open'],
    ['e in ((x))', 'inside'],
    ['e of (x)', "'e of (x)'"],
    ['replicas>3', "'replicas>3'"],
    ['app=<script>', "'<script>'"],
  ])('refuses %j and names the part', (text, said) => {
    expect(() => parseLabelSelector(text)).toThrow(LabelSelectorError);
    expect(() => parseLabelSelector(text)).toThrow(said);
  });

  it('tells the bad part of a long selector apart', () => {
    let part = '';
    try {
      parseLabelSelector('a=b, c d ,e');
    } catch (error) {
      part = (error as LabelSelectorError).part;
    }
    expect(part).toBe('c d');
  });

  it('keeps a key such as __proto__ out of the prototype', () => {
    expect(() => parseLabelSelector('__proto__=x')).toThrow(LabelSelectorError);
    const { matchLabels } = parseLabelSelector('constructor=x');
    expect(Object.keys(matchLabels)).toEqual(['constructor']);
  });
});

describe('formatSelector', () => {
  it.each([
    '',
    'app=cart',
    'a=b,c!=d,e in (x,y),!f,g',
    'e notin (x,y)',
    'a=b,a in (c)',
  ])('writes %j back', text => {
    expect(formatSelector(parseLabelSelector(text))).toBe(text);
  });
});
