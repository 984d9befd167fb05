import { applyJsonPatch } from './jsonPatch';

const target = { data: { a: '1' }, list: ['x', 'y'] };

describe('applyJsonPatch', () => {
  it.each([
    [
      [{ op: 'add', path: '/data/b', value: '2' }],
      { data: { a: '1', b: '2' }, list: ['x', 'y'] },
    ],
    [
      [{ op: 'replace', path: '/data/new', value: '2' }],
      { data: { a: '1', new: '2' }, list: ['x', 'y'] },
    ],
    [[{ op: 'remove', path: '/data/a' }], { data: {}, list: ['x', 'y'] }],
    [
      [
        { op: 'add', path: '/list/0', value: 'w' },
        { op: 'add', path: '/list/-', value: 'z' },
      ],
      { data: { a: '1' }, list: ['w', 'x', 'y', 'z'] },
    ],
    [[{ op: 'remove', path: '/list/-1' }], { data: { a: '1' }, list: ['x'] }],
    [
      [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'move', from: '/data/a', path: '/data/b~1c' },
        { op: 'copy', from: '/list', path: '/data/list' },
      ],
      { data: { 'b/c': '1', list: ['x', 'y'] }, list: ['x', 'y'] },
    ],
  ])('%j', (patch, expected) => {
    expect(applyJsonPatch(target, patch)).toEqual(expected);
    expect(target).toEqual({ data: { a: '1' }, list: ['x', 'y'] });
  });

  it.each([
    [{ op: 'test', path: '/data/a', value: '2' }],
    [{ op: 'remove', path: '/data/none' }],
    [{ op: 'add', path: '/none/x', value: 1 }],
    [{ op: 'add', path: '/list/7', value: 1 }],
    [{ op: 'move', from: '/none', path: '/data/b' }],
    [{ op: 'spoil', path: '/data' }],
    [{ op: 'add', path: 'data', value: 1 }],
  ])('refuses %j', operation => {
    expect(() => applyJsonPatch(target, [operation])).toThrow(
      'the server rejected our request due to an error in our request',
    );
  });

  it('copies null where nothing is, as the library of the real server does', () => {
    expect(
      applyJsonPatch({ a: {} }, [{ op: 'copy', from: '/a/b', path: '/c' }]),
    ).toEqual({ a: {}, c: null });
    expect(() =>
      applyJsonPatch({}, [{ op: 'copy', from: '/a/b', path: '/c' }]),
    ).toThrow(/rejected/);
  });

  it('replaces the whole document, but neither adds nor removes it', () => {
    expect(
      applyJsonPatch({ a: 1 }, [{ op: 'replace', path: '', value: {} }]),
    ).toEqual({});
    for (const op of ['add', 'remove']) {
      expect(() =>
        applyJsonPatch({ a: 1 }, [{ op, path: '', value: {} }]),
      ).toThrow(/rejected/);
    }
  });

  it('refuses what is no operation', () => {
    expect(() => applyJsonPatch({}, [null as any])).toThrow(/rejected/);
  });
});
