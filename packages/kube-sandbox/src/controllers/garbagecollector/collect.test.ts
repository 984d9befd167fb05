import { KubeObject, resources } from '../../client';
import { collect } from './collect';
import { OwnerGraph } from './OwnerGraph';

interface Sketch {
  owners?: string[];
  deleting?: boolean;
  finalizers?: string[];
}

function object(uid: string, sketch: Sketch): KubeObject {
  const { owners = [], deleting, finalizers } = sketch;
  return {
    metadata: {
      name: uid,
      uid,
      finalizers,
      ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      ownerReferences: owners.map(owner => ({
        apiVersion: 'v1',
        kind: 'Owner',
        name: owner,
        uid: owner,
        blockOwnerDeletion: true,
      })),
    },
  };
}

function decide(
  objects: Record<string, Sketch>,
  uid: string,
  absent: string[] = [],
) {
  const graph = new OwnerGraph();
  Object.entries(objects).forEach(([name, sketch]) =>
    graph.put(resources.pods, object(name, sketch)),
  );
  return collect(graph, graph.get(uid)!, new Set(absent));
}

const FOREGROUND = { deleting: true, finalizers: ['foregroundDeletion'] };

describe('collect', () => {
  it('keeps what has no owner, or one that lives', () => {
    expect(decide({ a: {} }, 'a')).toEqual({ action: 'keep' });
    expect(decide({ a: {}, b: { owners: ['a'] } }, 'b')).toEqual({
      action: 'keep',
    });
  });

  it('deletes what has lost every owner, and only then', () => {
    const objects = {
      a: {},
      b: { owners: ['gone', 'a'] },
      c: { owners: ['gone'] },
    };
    expect(decide(objects, 'c', ['gone'])).toEqual({
      action: 'delete',
      policy: 'Background',
    });
    expect(decide(objects, 'b', ['gone'])).toEqual({
      action: 'drop-owners',
      uids: ['gone'],
    });
    // Not in the cache is not gone: only the server's word counts.
    expect(decide(objects, 'c')).toEqual({ action: 'keep' });
  });

  it('deletes in the foreground: children first, theirs before them', () => {
    const objects = {
      top: FOREGROUND,
      middle: { owners: ['top'] },
      leaf: { owners: ['middle'] },
    };
    expect(decide(objects, 'top')).toMatchObject({
      action: 'wait',
      for: [{ uid: 'middle' }],
    });
    expect(decide(objects, 'middle')).toEqual({
      action: 'delete',
      policy: 'Foreground',
    });
    expect(
      decide({ top: FOREGROUND, middle: { owners: ['top'] } }, 'middle'),
    ).toEqual({ action: 'delete', policy: 'Background' });
    expect(decide({ top: FOREGROUND }, 'top')).toEqual({
      action: 'remove-finalizer',
      finalizer: 'foregroundDeletion',
    });
  });

  it('leaves orphans', () => {
    expect(
      decide(
        {
          a: { deleting: true, finalizers: ['orphan'] },
          b: { owners: ['a'] },
        },
        'a',
      ),
    ).toMatchObject({ action: 'orphan', dependents: [{ uid: 'b' }] });
  });
});
