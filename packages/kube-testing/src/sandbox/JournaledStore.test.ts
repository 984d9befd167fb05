import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournaledStore } from './JournaledStore';

const object = (name: string, value: string): any => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name, namespace: 'default' },
  data: { value },
});

describe('JournaledStore', () => {
  let dir: string;
  let file: string;
  const open = () => JournaledStore.open({ file, historyWindow: 100 });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'journal-'));
    file = join(dir, 'objects.jsonl');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('has the same objects and revisions after it is opened again', () => {
    const before = open();
    before.put('configmaps', object('a', '1'));
    const changed = before.put('configmaps', object('a', '2'));
    before.remove('configmaps', before.put('configmaps', object('b', '1')));

    const after = open();
    expect(after.revision).toBe(before.revision);
    expect(after.get('configmaps', 'default', 'a')).toEqual(changed);
    expect(after.get('configmaps', 'default', 'b')).toBeUndefined();
    expect(after.compactedRevision).toBe(after.revision);

    after.put('configmaps', object('c', '1'));
    expect(open().revision).toBe(after.revision);
  });

  it('does without the write that was cut short', async () => {
    const before = open();
    before.put('configmaps', object('a', '1'));
    await appendFile(file, '{"resource":"configmaps","obj');
    const after = open();
    expect(after.revision).toBe(before.revision);
    after.put('configmaps', object('b', '1'));
    expect(open().get('configmaps', 'default', 'b')).toBeDefined();
  });
});
