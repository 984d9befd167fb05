import {
  KoalaObject,
  projectObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { rawPod } from '../reflector/__testUtils__/rawObjects';
import { KindRecord } from './KindRecord';
import { KindWriter } from './KindWriter';

/** What a cluster did: one object is put, or goes, per version. */
interface Step {
  version: number;
  name: string;
  namespace: string;
  uid: string;
  gone: boolean;
}

const podOf = ({ version, name, namespace, uid }: Step): KoalaObject => {
  const raw = rawPod(name, { namespace, uid });
  return projectObject('Pod', {
    ...raw,
    metadata: { ...raw.metadata, resourceVersion: String(version) },
  });
};

/** A random number generator that gives the same numbers for the same seed. */
function generator(seed: number) {
  let state = seed + 1;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function historyOf(seed: number, length: number): Step[] {
  const random = generator(seed);
  const alive = new Map<string, string>();
  return Array.from({ length }, (_, index) => {
    const version = index + 1;
    const name = `pod-${random(4)}`;
    const namespace = ['shop', 'pay'][random(2)];
    const key = `${namespace}/${name}`;
    const known = alive.get(key);
    const gone = known !== undefined && random(3) === 0;
    const uid = known ?? `uid-${version}`;
    if (gone) alive.delete(key);
    else alive.set(key, uid);
    return { version, name, namespace, uid, gone };
  });
}

/** Versions by object, as a LIST at that version answers. */
function listAt(history: Step[], version: number, namespace?: string) {
  const objects = new Map<string, Step>();
  for (const step of history.slice(0, version)) {
    const key = `${step.namespace}/${step.name}`;
    if (step.gone) objects.delete(key);
    else objects.set(key, step);
  }
  return [...objects.values()].filter(
    step => namespace === undefined || step.namespace === namespace,
  );
}

function newRecord() {
  return new KindRecord({ live: () => true, tell: () => {} });
}

const held = (record: KindRecord, namespace?: string) =>
  [...record.store]
    .filter(
      ({ meta }) => namespace === undefined || meta.namespace === namespace,
    )
    .map(({ meta }) => `${meta.namespace}/${meta.name}@${meta.resourceVersion}`)
    .sort();

const expected = (steps: Step[]) =>
  steps
    .map(({ namespace, name, version }) => `${namespace}/${name}@${version}`)
    .sort();

describe('a kind that is read as a whole again', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it.each(seeds)('goes neither back nor astray (seed %i)', seed => {
    const length = 60;
    const history = historyOf(seed, length);
    const random = generator(seed + 1_000);
    const begun = 10 + random(20);
    const listed = begun + random(10);
    const swapped = listed + random(10);
    const told: string[] = [];
    const record = new KindRecord({
      live: () => true,
      tell: (before, after) => {
        const version = (object?: KoalaObject) =>
          object && `${object.meta.uid}@${object.meta.resourceVersion}`;
        told.push(`${version(before)} -> ${version(after)}`);
      },
    });
    const follow = (writer: KindWriter, step: Step): void => {
      if (step.gone) writer.remove(podOf(step));
      else writer.put(podOf(step));
    };
    const follower = (namespace: string, from: number) => {
      const writer = record.writer(namespace);
      const list = writer.replacement();
      listAt(history, from, namespace).forEach(step => list.put(podOf(step)));
      list.commit(String(from));
      history
        .slice(from, swapped)
        .filter(step => step.namespace === namespace)
        .forEach(step => follow(writer, step));
    };

    // One namespace is followed before the whole list is made, the other from within.
    const whole = record.writer();
    const list = whole.replacement();
    if (seed % 2 === 0) follower('shop', begun);
    listAt(history, listed).forEach(step => list.put(podOf(step)));
    if (seed % 2 === 1) follower('shop', begun);
    follower('pay', begun + random(swapped - begun + 1));
    expect(held(record)).toEqual(expected(listAt(history, swapped)));
    told.length = 0;
    list.commit(String(listed));
    // The whole watch tells again what the others have told since its list.
    history.slice(listed, swapped).forEach(step => follow(whole, step));
    expect(told).toEqual([]);
    expect(held(record)).toEqual(expected(listAt(history, swapped)));
    history.slice(swapped).forEach(step => follow(whole, step));
    expect(held(record)).toEqual(expected(listAt(history, length)));
  });

  it('drops what nobody follows any more', () => {
    const history = historyOf(1, 30);
    const record = newRecord();
    const whole = record.writer();
    const list = whole.replacement();
    listAt(history, 30).forEach(step => list.put(podOf(step)));
    list.commit('30');
    whole.retain(new Set(['shop']));
    expect(held(record)).toEqual(expected(listAt(history, 30, 'shop')));
    expect(held(record, 'pay')).toEqual([]);
  });

  it('takes what is listed from a server that was set back', () => {
    const record = newRecord();
    const writer = record.writer();
    const step = {
      name: 'a',
      namespace: 'shop',
      uid: 'a',
      gone: false,
      version: 90,
    };
    writer.put(podOf(step));
    const list = writer.replacement();
    list.put(podOf({ ...step, version: 7 }));
    list.commit('8');
    expect(held(record)).toEqual(['shop/a@7']);
  });

  it('keeps no note of a list that was given up', () => {
    const history = historyOf(2, 20);
    const record = newRecord();
    const whole = record.writer();
    whole.replacement().abandon();
    const part = record.writer('shop');
    listAt(history, 20, 'shop').forEach(step => part.put(podOf(step)));
    const list = whole.replacement();
    list.commit('20');
    expect(held(record)).toEqual([]);
  });
});
