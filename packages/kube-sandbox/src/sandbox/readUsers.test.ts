import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUsers } from './readUsers';

describe('readUsers', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'users-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function read(text: string) {
    const file = join(dir, 'users.yaml');
    await writeFile(file, text);
    return readUsers(file);
  }

  it('needs no more than a name', async () => {
    expect(await read('[{ name: ada }]')).toEqual([
      { name: 'ada', user: 'ada', token: 'koala-ada', groups: [] },
    ]);
  });

  it('takes what it is told', async () => {
    const user = {
      name: 'shop-editor',
      user: 'editor@example.com',
      token: 'a-token',
      groups: ['shop-editors'],
      namespace: 'shop',
    };
    expect(await read(JSON.stringify([user]))).toEqual([user]);
  });

  it.each([
    ['{ name: ada }', 'it has to be a list of users'],
    ['[{}]', 'every user needs a name'],
    ['[{ name: Ada }]', 'lower case letters'],
    ['[{ name: a, role: admin }]', 'user a has role'],
    ['[{ name: a, token: "x y" }]', 'the token of user a has to be text'],
    ['[{ name: a, groups: b }]', 'the groups of user a have to be a list'],
    ['[{ name: a, namespace: A_b }]', 'the namespace of user a cannot be A_b'],
    ['[{ name: a }, { name: a }]', 'two users have the name a'],
    ['[{ name: a, token: t }, { name: b, token: t }]', 'have the token t'],
    ['[', 'users.yaml: '],
  ])('says what is wrong with %s', async (text, problem) => {
    await expect(read(text)).rejects.toThrow(problem);
  });
});
