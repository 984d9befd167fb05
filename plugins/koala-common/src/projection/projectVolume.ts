import { VolumeObject } from '../objects/VolumeObject';
import { projectMeta } from './projectMeta';
import { RawObject, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

function projectModes(
  value: unknown,
  shared: SharedValues,
): readonly string[] | undefined {
  const modes = (Array.isArray(value) ? value : []).filter(
    mode => typeof mode === 'string' && mode !== '',
  );
  return modes.length > 0
    ? shared.value(`modes\n${modes.join('\n')}`, () => Object.freeze(modes))
    : undefined;
}

export function projectVolume(
  raw: RawObject,
  shared: SharedValues,
): VolumeObject {
  const meta = projectMeta({ kind: 'PersistentVolumeClaim', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const annotations = readObject(readObject(raw.metadata).annotations);
  const requests = readObject(readObject(spec.resources).requests);
  return {
    kind: 'PersistentVolumeClaim',
    meta,
    phase: shared.text(readText(status.phase) ?? 'Pending'),
    className: shared.optionalText(
      readText(spec.storageClassName) ??
        readText(annotations[CLASS_ANNOTATION]),
    ),
    accessModes:
      projectModes(status.accessModes, shared) ??
      projectModes(spec.accessModes, shared) ??
      [],
    requested: shared.optionalText(readText(requests.storage)),
    capacity: shared.optionalText(
      readText(readObject(status.capacity).storage),
    ),
    volumeName: readText(spec.volumeName),
  };
}
