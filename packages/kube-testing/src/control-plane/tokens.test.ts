import { createTokenUsers, tokensCsv } from './tokens';

describe('tokens', () => {
  it('writes the columns that kube-apiserver reads', () => {
    expect(
      tokensCsv([
        { name: 'admin', token: 't1', groups: ['system:masters', 'ops'] },
        { name: 'nobody', token: 't2', groups: [] },
      ]),
    ).toBe('t1,admin,admin,"system:masters,ops"\nt2,nobody,nobody\n');
  });

  it('refuses what the server would misread', () => {
    expect(() => tokensCsv([{ name: 'a,b', token: 't', groups: [] }])).toThrow(
      '"a,b" cannot stand in a token file',
    );
  });

  it('has one administrator, and users with tokens of their own', () => {
    const users = createTokenUsers(['eve']);
    expect(users.map(({ name, groups }) => [name, groups])).toEqual([
      ['admin', ['system:masters']],
      ['eve', []],
    ]);
    expect(new Set(users.map(user => user.token)).size).toBe(2);
  });
});
