import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './differences';

const PAGE = join(__dirname, '../../../../../docs/sandbox.md');

/** The ids in the first column of the table under "Differences". */
function documentedIds(): string[] {
  const [, section] = readFileSync(PAGE, 'utf8').split(/^## Differences$/m);
  return [...section.matchAll(/^\| `([\w-]+)` /gm)].map(([, id]) => id);
}

describe('the known differences', () => {
  it('are those that docs/sandbox.md gives a reason for', () => {
    const ids = differences.map(({ id }) => id);
    expect(documentedIds()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('do not explain what has nothing to do with them', () => {
    const disagreement = {
      asked: 'GET /api/v1/namespaces/<namespace>/pods/a',
      path: 'body.spec.nodeName',
      sandbox: 'a',
      real: 'b',
    };
    expect(differences.filter(it => it.covers(disagreement, 'x'))).toEqual([]);
  });
});
