import { maskTranscript } from './maskTranscript';
import { TranscriptEntry } from './Transcript';

const masked = (...entries: TranscriptEntry[]) =>
  maskTranscript({ entries, namespace: 'contract-1' });

const seen = (value: unknown) =>
  masked({ asked: 'GET /x', seen: value })[0].seen as any;

const UID = '0e8d6d7c-95a1-4d0f-b29d-1a5c4f3f3b11';

describe('maskTranscript', () => {
  it('keeps equal versions and uids recognisable as equal', () => {
    const object = (resourceVersion: string) => ({
      metadata: { uid: UID, resourceVersion },
    });
    expect(
      seen([object('17'), object('17'), object('21')]).map(
        ({ metadata }: any) => metadata,
      ),
    ).toEqual([
      { uid: '<uid 1>', resourceVersion: '<resourceVersion 1>' },
      { uid: '<uid 1>', resourceVersion: '<resourceVersion 1>' },
      { uid: '<uid 1>', resourceVersion: '<resourceVersion 2>' },
    ]);
  });

  it('masks times, addresses, the namespace and uids in keys and texts', () => {
    expect(
      seen({
        message: `contract-1 at 2026-01-02T03:04:05Z on 10.96.0.7 with ${UID}`,
        [`k:{"uid":"${UID}"}`]: {},
      }),
    ).toEqual({
      message: '<namespace> at <time> on <address 1> with <uid 1>',
      'k:{"uid":"<uid 1>"}': {},
    });
  });

  it('replaces what a server added to a name wherever it shows up', () => {
    expect(
      seen({
        metadata: { generateName: 'web-', name: 'web-x7k2p' },
        message: 'Created pod: web-x7k2p',
      }),
    ).toEqual({
      metadata: { generateName: 'web-', name: 'web-<suffix 1>' },
      message: 'Created pod: web-<suffix 1>',
    });
  });

  it('replaces hashes of templates', () => {
    expect(
      seen({
        labels: { 'pod-template-hash': '5cc89ff5f7' },
        name: 'web-5cc89ff5f7',
      }),
    ).toEqual({
      labels: { 'pod-template-hash': '<hash 1>' },
      name: 'web-<hash 1>',
    });
  });

  it('leaves the version of a list, tokens and ages out', () => {
    expect(
      seen({
        metadata: { resourceVersion: '400', continue: 'abc' },
        items: [{ metadata: { name: 'default' } }],
      }),
    ).toEqual({
      metadata: { resourceVersion: '<of the list>', continue: '<token>' },
      items: [],
    });
    expect(
      seen({
        kind: 'Table',
        columnDefinitions: [{ name: 'Name' }, { name: 'Age' }],
        rows: [{ cells: ['a', '3s'] }],
      }).rows,
    ).toEqual([{ cells: ['a', '<age>'] }]);
  });

  it('takes bookmarks that only repeat the one before as one', () => {
    const bookmark = (resourceVersion: string) => ({
      type: 'BOOKMARK',
      object: { kind: 'Pod', metadata: { resourceVersion } },
    });
    expect(seen([bookmark('1'), bookmark('2')])).toEqual([
      bookmark('<of the server>'),
    ]);
  });

  it('still tells what matters apart', () => {
    expect(seen({ code: 409, message: 'one' })).toEqual({
      code: 409,
      message: 'one',
    });
  });
});
