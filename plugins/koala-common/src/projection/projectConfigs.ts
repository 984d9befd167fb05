import { ConfigReference, ConfigUse } from '../objects/PodTemplate';
import { RawObject, readList, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

type ConfigKind = ConfigReference['kind'];

interface Gathered {
  keys: Set<string>;
  uses: Set<ConfigUse>;
  /** Taken as a whole somewhere, so single keys say nothing. */
  whole: boolean;
  optional: boolean;
}

const NONE: readonly ConfigReference[] = Object.freeze([]);

/** The references of a pod spec, each object once however often it is referred to. */
class References {
  readonly #gathered = new Map<string, Gathered>();

  add(reference: {
    kind: ConfigKind;
    name: string | undefined;
    use: ConfigUse;
    /** Absent: all of them. */
    keys?: readonly string[];
    optional?: unknown;
  }): void {
    const { kind, name, use, keys, optional } = reference;
    if (!name) {
      return;
    }
    const id = `${kind}\n${name}`;
    let known = this.#gathered.get(id);
    if (!known) {
      known = {
        keys: new Set(),
        uses: new Set(),
        whole: false,
        optional: true,
      };
      this.#gathered.set(id, known);
    }
    known.uses.add(use);
    known.whole ||= keys === undefined;
    known.optional &&= optional === true;
    keys?.forEach(key => known.keys.add(key));
  }

  toList(shared: SharedValues): readonly ConfigReference[] {
    if (this.#gathered.size === 0) {
      return NONE;
    }
    const list = [...this.#gathered].map(([id, found]): ConfigReference => {
      const [kind, name] = id.split('\n');
      return {
        kind: kind as ConfigKind,
        name,
        keys: found.whole ? [] : [...found.keys].sort(),
        uses: [...found.uses].sort(),
        optional: found.optional,
      };
    });
    list.sort(
      (a, b) =>
        a.kind.localeCompare(b.kind, 'en') ||
        a.name.localeCompare(b.name, 'en'),
    );
    return shared.value(`configs\n${JSON.stringify(list)}`, () =>
      Object.freeze(list.map(one => Object.freeze(one))),
    );
  }
}

function keysOf(source: RawObject): readonly string[] | undefined {
  const items = readList(source.items);
  return items.length === 0
    ? undefined
    : items.map(({ key }) => readText(key)).filter(key => key !== undefined);
}

function addContainer(raw: RawObject, references: References): void {
  for (const variable of readList(raw.env)) {
    const from = readObject(variable.valueFrom);
    for (const [field, kind] of [
      ['configMapKeyRef', 'ConfigMap'],
      ['secretKeyRef', 'Secret'],
    ] as const) {
      const source = readObject(from[field]);
      const key = readText(source.key);
      references.add({
        kind,
        name: readText(source.name),
        use: 'env',
        keys: key ? [key] : [],
        optional: source.optional,
      });
    }
  }
  for (const source of readList(raw.envFrom)) {
    for (const [field, kind] of [
      ['configMapRef', 'ConfigMap'],
      ['secretRef', 'Secret'],
    ] as const) {
      const reference = readObject(source[field]);
      references.add({
        kind,
        name: readText(reference.name),
        use: 'envFrom',
        optional: reference.optional,
      });
    }
  }
}

function addVolume(raw: RawObject, references: References): void {
  const configMap = readObject(raw.configMap);
  const secret = readObject(raw.secret);
  references.add({
    kind: 'ConfigMap',
    name: readText(configMap.name),
    use: 'volume',
    keys: keysOf(configMap),
    optional: configMap.optional,
  });
  references.add({
    kind: 'Secret',
    name: readText(secret.secretName),
    use: 'volume',
    keys: keysOf(secret),
    optional: secret.optional,
  });
  for (const source of readList(readObject(raw.projected).sources)) {
    for (const [field, kind] of [
      ['configMap', 'ConfigMap'],
      ['secret', 'Secret'],
    ] as const) {
      const part = readObject(source[field]);
      references.add({
        kind,
        name: readText(part.name),
        use: 'volume',
        keys: keysOf(part),
        optional: part.optional,
      });
    }
  }
}

/** The ConfigMaps and Secrets that a pod spec refers to, by kind and name. */
export function projectConfigs(
  spec: RawObject,
  shared: SharedValues,
): readonly ConfigReference[] {
  const references = new References();
  readList(spec.containers).forEach(raw => addContainer(raw, references));
  readList(spec.initContainers).forEach(raw => addContainer(raw, references));
  readList(spec.volumes).forEach(raw => addVolume(raw, references));
  for (const { name } of readList(spec.imagePullSecrets)) {
    references.add({ kind: 'Secret', name: readText(name), use: 'imagePull' });
  }
  return references.toList(shared);
}
