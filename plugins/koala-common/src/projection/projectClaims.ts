import { RawObject, readList, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

const NONE: readonly string[] = Object.freeze([]);

/**
 * Names of the PersistentVolumeClaims that a pod spec mounts.
 *
 * @param podName - of a pod: a generic ephemeral volume has a claim that is called after it.
 */
export function claimsOf(
  spec: RawObject,
  shared: SharedValues,
  podName?: string,
): readonly string[] {
  const names: string[] = [];
  for (const volume of readList(spec.volumes)) {
    const name =
      readText(readObject(volume.persistentVolumeClaim).claimName) ??
      (volume.ephemeral && podName && readText(volume.name)
        ? `${podName}-${volume.name}`
        : undefined);
    if (name && !names.includes(name)) {
      names.push(name);
    }
  }
  if (names.length === 0) {
    return NONE;
  }
  // The claims of a pod are often its own, and what nobody shares would only fill the table.
  return podName !== undefined
    ? names
    : shared.value(`claims\n${names.join('\n')}`, () => Object.freeze(names));
}
