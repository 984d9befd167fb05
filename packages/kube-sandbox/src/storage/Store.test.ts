import { KubeObject } from '../objects/KubeObject';
import { Store } from './Store';

const PODS = '/pods';

function pod(name: string, labels: Record<string, string> = {}): KubeObject {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels,
    },
  };
}

const names = (objects: readonly KubeObject[]) =>
  objects.map(({ metadata }) => metadata.name);

describe('Store', () => {
  it('gives every change of the cluster the next revision', () => {
    const store = new Store({ historyWindow: 100 });
    const first = store.put(PODS, pod('a'));
    const second = store.put('/services', pod('s'));
    const third = store.remove(PODS, first);
    expect(
      [first, second, third].map(({ metadata }) => metadata.resourceVersion),
    ).toEqual(['2', '3', '4']);
    expect(store.revision).toBe(4);
  });

  it('lists in the order of keys and as it was at any revision of the history', () => {
    const store = new Store({ historyWindow: 100 });
    store.put(PODS, pod('b'));
    const a = store.put(PODS, pod('a'));
    const before = store.revision;
    store.put(PODS, pod('c'));
    store.put(PODS, pod('b', { changed: 'yes' }));
    store.remove(PODS, a);
    const collection = store.collection(PODS);
    expect(names(collection.list())).toEqual(['b', 'c']);
    const past = collection.listAt(before);
    expect(names(past)).toEqual(['a', 'b']);
    expect(past[1].metadata.labels).toEqual({});
  });

  it('hands out objects that nobody can change', () => {
    const store = new Store({ historyWindow: 100 });
    const stored = store.put(PODS, pod('a', { x: 'y' }));
    expect(() => {
      stored.metadata.labels!.x = 'z';
    }).toThrow(TypeError);
  });

  it('forgets changes that fall out of the window, of all resources together', () => {
    const store = new Store({ historyWindow: 3 });
    store.put(PODS, pod('a'));
    store.put('/services', pod('s'));
    store.put('/services', pod('t'));
    expect(store.compactedRevision).toBe(0);
    store.put('/services', pod('u'));
    store.put('/services', pod('v'));
    expect(store.compactedRevision).toBe(3);
    expect(store.collection(PODS).eventsAfter(0)).toEqual([]);
    expect(
      store
        .collection('/services')
        .eventsAfter(3)
        .map(({ key }) => key),
    ).toEqual(['shop/t', 'shop/u', 'shop/v']);
  });

  it('is compacted to a revision, at which it can still be read', () => {
    const store = new Store({ historyWindow: 100 });
    const a = store.put(PODS, pod('a'));
    store.put(PODS, pod('b'));
    const at = store.revision;
    store.remove(PODS, a);
    store.compact(at);
    expect(store.compactedRevision).toBe(at);
    expect(names(store.collection(PODS).listAt(at))).toEqual(['a', 'b']);
    store.compact(at - 1);
    expect(store.compactedRevision).toBe(at);
  });

  it('tells subscribers of each change once, with what was there before', () => {
    const store = new Store({ historyWindow: 100 });
    const seen: string[] = [];
    const stop = store.collection(PODS).subscribe(event => {
      seen.push(
        `${event.type} ${event.key} ${event.previous?.metadata.resourceVersion}`,
      );
    });
    const a = store.put(PODS, pod('a'));
    store.put(PODS, pod('a', { x: 'y' }));
    store.remove(PODS, a);
    stop();
    store.put(PODS, pod('b'));
    expect(seen).toEqual([
      'ADDED shop/a undefined',
      'MODIFIED shop/a 2',
      'DELETED shop/a 3',
    ]);
  });

  it('goes on counting where an earlier run is told to have ended', () => {
    const store = new Store({ historyWindow: 100, firstRevision: 5000 });
    expect(store.put(PODS, pod('a')).metadata.resourceVersion).toBe('5001');
    expect(store.compactedRevision).toBe(4999);
  });
});
