import { isDeepStrictEqual } from 'node:util';
import { TranscriptEntry } from './Transcript';

/** Values of one run, each with the placeholder that stands for it in every run. */
type Placeholders = Map<string, string>;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const ADDRESS = /\b(?:10|127|172|192)(?:\.\d{1,3}){3}\b/g;
const SERVER = /(?:https:\/\/)?(?:127|10|172|192)(?:\.\d{1,3}){3}:\d+/g;
const CONTAINER = /containerd:\/\/[0-9a-f]{64}/g;
const NODE = /\bnode-\d+\b/g;
/** How long it took to pull an image. */
const DURATION = /\b(\d+(\.\d+)?(m|µ)?s)\b(?= \(|( including waiting))/g;
/** Names of pods that were gone before anybody read them. */
const GONE_POD = /(<hash \d+>)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g;
const ETCD_KEY = /Key: \/[^/]+\//g;
/** Versions that messages speak of. */
const VERSION_IN_TEXT =
  /((?:precondition|record) \(|resource version: |current: |<version> \()\d+/g;

/** Labels whose values are hashes of what a server stored, which no client looks into. */
const HASH_LABELS = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'controller.kubernetes.io/hash',
]);

/** The label of nodes and pods, and the field of endpoints. */
const ZONES = new Set(['topology.kubernetes.io/zone', 'zone']);

const NODE_PORTS = ['nodePort', 'healthCheckNodePort'];

/** A volume of every pod; what follows is random. */
const TOKEN_VOLUME = 'kube-api-access-';

/** Made by controllers in every namespace, sooner or later. */
const MADE_FOR_NAMESPACES = new Set(['kube-root-ca.crt', 'default']);

const AGES = new Set(['Age', 'Last Seen', 'First Seen', 'Duration']);

type Fields = Record<string, any>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sortedEntries = (fields: Fields) =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

function visit(value: unknown, visitor: (fields: Fields) => void): void {
  if (Array.isArray(value)) {
    value.forEach(item => visit(item, visitor));
  } else if (isFields(value)) {
    visitor(value);
    sortedEntries(value).forEach(([, child]) => visit(child, visitor));
  }
}

/** Names that the server completed and hashes, in the order in which they are first seen. */
function placeholdersOf(entries: readonly TranscriptEntry[]): Placeholders {
  const found: Placeholders = new Map();
  const counts = new Map<string, number>();
  const place = (value: string, kind: string) => {
    if (value && !found.has(value)) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      found.set(value, `<${kind} ${count}>`);
    }
  };
  visit(
    entries.map(entry => entry.seen),
    fields => {
      for (const [key, value] of sortedEntries(fields)) {
        if (HASH_LABELS.has(key) && typeof value === 'string') {
          place(value.slice(value.lastIndexOf('-') + 1), 'hash');
        }
      }
      for (const key of NODE_PORTS) {
        if (typeof fields[key] === 'number') {
          place(String(fields[key]), 'nodePort');
        }
      }
      const { generateName, name } = fields;
      if (typeof name === 'string' && name.startsWith(TOKEN_VOLUME)) {
        place(name.slice(TOKEN_VOLUME.length), 'suffix');
      }
      if (generateName && name?.startsWith(generateName)) {
        place(name.slice(generateName.length), 'suffix');
      }
    },
  );
  return found;
}

/** Numbers the values of one sort by first appearance, so that equal values stay recognisable as equal. */
class Numbered {
  readonly #kind: string;
  readonly #seen = new Map<string, number>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  mask = (value: string): string => {
    const number = this.#seen.get(value) ?? this.#seen.size + 1;
    this.#seen.set(value, number);
    return `<${this.#kind} ${number}>`;
  };
}

/** Their order is that of their times, to the second. */
function byManager(a: Fields, b: Fields): number {
  const [first, second] = [a, b].map(
    ({ operation, manager, subresource = '', apiVersion }) =>
      `${operation} ${manager} ${subresource} ${apiVersion}`,
  );
  return first < second ? -1 : 1;
}

/** Causes of a refusal; conflicts with several owners are told in the order of a Go map, which is none. */
function inOrder(causes: Fields[]): Fields[] {
  return causes.every(({ reason }) => reason === 'FieldManagerConflict')
    ? [...causes].sort((a, b) =>
        `${a.message}${a.field}` < `${b.message}${b.field}` ? -1 : 1,
      )
    : causes;
}

/** The version of a bookmark is that of the whole server. */
const atTheEnd = ({ metadata, ...object }: Fields) => ({
  ...object,
  metadata: { ...metadata, resourceVersion: '<of the server>' },
});

/** How many bookmarks come depends on how long it takes. */
const repeatsBookmark = (item: unknown, before: unknown) =>
  isFields(item) && item.type === 'BOOKMARK' && isDeepStrictEqual(item, before);

const isTable = (fields: Fields) =>
  fields.kind === 'Table' && Array.isArray(fields.rows);

const nameOf = (item: any): string =>
  item?.metadata?.name ?? item?.object?.metadata?.name ?? '';

class Mask {
  readonly #uids = new Numbered('uid');
  readonly #addresses = new Numbered('address');
  readonly #nodes = new Numbered('node');
  readonly #zones = new Numbered('zone');
  readonly #versions = new Numbered('resourceVersion');
  readonly #namespace: string;
  readonly #placeholders: readonly (readonly [string, string])[];

  constructor(namespace: string, placeholders: Placeholders) {
    this.#namespace = namespace;
    // The longest first: a shorter one may be a part of it.
    this.#placeholders = [...placeholders].sort(
      ([a], [b]) => b.length - a.length,
    );
  }

  text(text: string): string {
    let masked = text
      .replaceAll(this.#namespace, '<namespace>')
      .replace(SERVER, '<server>')
      .replace(UUID, this.#uids.mask)
      .replace(TIME, '<time>')
      .replace(ETCD_KEY, 'Key: <prefix>/')
      .replace(VERSION_IN_TEXT, '$1<version>')
      .replace(VERSION_IN_TEXT, '$1<version>')
      .replace(ADDRESS, this.#addresses.mask)
      .replace(NODE, this.#nodes.mask)
      .replace(CONTAINER, '<container>')
      .replace(DURATION, '<duration>');
    for (const [value, placeholder] of this.#placeholders) {
      masked = masked.replaceAll(value, placeholder);
    }
    return masked.replace(GONE_POD, '$1-<suffix>');
  }

  value(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value
        .filter(item => !MADE_FOR_NAMESPACES.has(nameOf(item)))
        .map(item => this.value(item))
        .filter(
          (item, index, items) => !repeatsBookmark(item, items[index - 1]),
        );
    }
    return isFields(value) ? this.#fields(value) : value;
  }

  #fields(fields: Fields): Fields {
    const masked: Fields = {};
    const collection = Array.isArray(fields.items) || isTable(fields);
    if (fields.type === 'BOOKMARK') {
      return { type: fields.type, object: this.value(atTheEnd(fields.object)) };
    }
    for (const [key, value] of sortedEntries(fields)) {
      if (key === 'rows' && isTable(fields)) {
        masked.rows = this.#rows(fields);
      } else if (key === 'metadata' && collection) {
        masked.metadata = this.value({
          ...value,
          ...(value.resourceVersion && { resourceVersion: '<of the list>' }),
        });
      } else if (key === 'continue' && value) {
        masked[key] = '<token>';
      } else if (ZONES.has(key) && typeof value === 'string') {
        masked[key] = this.#zones.mask(value);
      } else if (NODE_PORTS.includes(key)) {
        masked[key] = this.text(String(value));
      } else if (key === 'causes' && Array.isArray(value)) {
        masked[key] = this.value(inOrder(value));
      } else if (key === 'managedFields' && Array.isArray(value)) {
        masked[key] = this.value([...value].sort(byManager));
      } else if (key === 'resourceVersion' && /^\d+$/.test(String(value))) {
        masked[key] = this.#versions.mask(value);
      } else {
        masked[this.text(key)] = this.value(value);
      }
    }
    return masked;
  }

  #rows({ columnDefinitions, rows }: Fields): unknown {
    return rows.map(({ cells, ...row }: Fields) => ({
      ...(this.value(row) as Fields),
      cells: cells.map((cell: unknown, index: number) =>
        AGES.has(columnDefinitions?.[index]?.name) ? '<age>' : this.value(cell),
      ),
    }));
  }
}

/**
 * A transcript without what differs from run to run: times, uids, versions, addresses and generated names become
 * placeholders that are numbered by first appearance, so that what was equal stays equal.
 */
export function maskTranscript(options: {
  entries: readonly TranscriptEntry[];
  /** The namespace of the case. */
  namespace: string;
}): TranscriptEntry[] {
  const { entries, namespace } = options;
  const mask = new Mask(namespace, placeholdersOf(entries));
  return entries.map(({ asked, seen }) => ({
    asked: mask
      .text(asked)
      .replace(/(resourceVersion|continue)=[^&]*/g, '$1=…'),
    seen: mask.value(seen),
  }));
}
