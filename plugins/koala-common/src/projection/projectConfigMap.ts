import { ConfigMapObject } from '../objects/ConfigMapObject';
import { hashText } from './hashText';
import { projectLabels } from './projectLabels';
import { projectMeta } from './projectMeta';
import { RawObject, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

/** Keeps the keys and a hash of each value; the values stay behind. */
export function projectConfigMap(
  raw: RawObject,
  shared: SharedValues,
): ConfigMapObject {
  const meta = projectMeta({ kind: 'ConfigMap', raw, shared });
  const hashes: [string, string][] = [];
  for (const values of [readObject(raw.binaryData), readObject(raw.data)]) {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === 'string') {
        hashes.push([key, hashText(value)]);
      }
    }
  }
  return {
    kind: 'ConfigMap',
    meta,
    hashes: projectLabels(Object.fromEntries(hashes), shared),
  };
}
