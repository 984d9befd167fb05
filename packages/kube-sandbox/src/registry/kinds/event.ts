import { Fields, KubeObject } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import { invalidValue } from '../../status/fieldErrors';
import { Conversion, Strategy } from '../Strategy';

const REFERENCE = [
  'kind',
  'namespace',
  'name',
  'uid',
  'apiVersion',
  'resourceVersion',
  'fieldPath',
];

/** Events live in the core group; `events.k8s.io` shows the same ones with other field names. */
const RENAMED: Record<string, string> = {
  regarding: 'involvedObject',
  note: 'message',
  reportingController: 'reportingComponent',
  deprecatedSource: 'source',
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
};

function rename(object: KubeObject, names: Record<string, string>) {
  const result: Fields = {};
  for (const [field, value] of Object.entries(object)) {
    result[names[field] ?? field] = value;
  }
  return result as KubeObject;
}

const conversion: Conversion = {
  toStored: object => ({ ...rename(object, RENAMED), apiVersion: 'v1' }),
  fromStored({ reportingComponent, reportingInstance, ...object }) {
    const stored = {
      ...object,
      ...(reportingComponent && { reportingComponent }),
      ...(reportingInstance && { reportingInstance }),
    } as KubeObject;
    return {
      ...rename(
        stored,
        Object.fromEntries(Object.entries(RENAMED).map(([a, b]) => [b, a])),
      ),
      apiVersion: 'events.k8s.io/v1',
    };
  },
};

/** Selects by the fields of the reference to the object that the event is about. */
const selectableBy = (reference: string) =>
  selectable(
    [
      ...REFERENCE.map(field => `${reference}.${field}`),
      'reason',
      'reportingComponent',
      'type',
    ],
    {
      source: object =>
        object.source?.component ?? object.reportingComponent ?? '',
      // Selection sees the stored object, whatever the version asked for.
      ...Object.fromEntries(
        REFERENCE.map(field => [
          `${reference}.${field}`,
          (object: KubeObject) => object.involvedObject?.[field],
        ]),
      ),
    },
  );

const UNSET = {
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
};

export const coreEvent: Strategy = {
  unset: UNSET,
  selectable: selectableBy('involvedObject'),
  setDefaults(object) {
    Object.assign(object, { ...structuredClone(UNSET), ...object });
  },
  validate(object) {
    const about = object.involvedObject?.namespace ?? '';
    const own = object.metadata.namespace;
    return (about === '' && own === 'default') || about === own
      ? []
      : [
          invalidValue(
            'involvedObject.namespace',
            about,
            'does not match event.namespace',
          ),
        ];
  },
};

export const event: Strategy = {
  ...coreEvent,
  unset: {
    deprecatedSource: {},
    deprecatedFirstTimestamp: null,
    deprecatedLastTimestamp: null,
    eventTime: null,
  },
  selectable: selectableBy('regarding'),
  setDefaults: undefined,
  validate: object => coreEvent.validate!(conversion.toStored(object)),
  storedAs: { group: '', resource: 'events', conversion },
};
