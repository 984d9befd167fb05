import { KubeObject } from './objects';
import { ObjectStore } from './ObjectStore';

function object(name: string, uid: string, resourceVersion = '1'): KubeObject {
  return { metadata: { namespace: 'shop', name, uid, resourceVersion } };
}

describe('ObjectStore', () => {
  it('tells what a new list changed', () => {
    const store = new ObjectStore<KubeObject>();
    const [same, changed, gone, replaced] = [
      object('same', '1'),
      object('changed', '2'),
      object('gone', '3'),
      object('replaced', '4'),
    ];
    [same, changed, gone, replaced].forEach(item => store.put(item));
    const newer = object('changed', '2', '7');
    const successor = object('replaced', '5');
    const fresh = object('fresh', '6');
    expect(
      store.replace([object('same', '1'), newer, successor, fresh]),
    ).toEqual({
      added: [successor, fresh],
      updated: [[newer, changed]],
      deleted: [gone, replaced],
    });
    expect(store.list('shop').map(({ metadata }) => metadata.uid)).toEqual([
      '1',
      '2',
      '5',
      '6',
    ]);
    expect(store.list('other')).toEqual([]);
  });
});
