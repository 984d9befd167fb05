import { DEFAULT_CONTAINER_ANNOTATION } from '../annotations';
import { sidecarPurposeOf } from '../images/sidecarPurpose';
import { ContainerRole } from '../objects/PodTemplate';
import { RawObject, readList, readText } from './rawFields';

/** A container of a pod spec and what it is for. */
export interface RoledContainer {
  raw: RawObject;
  name: string;
  image: string;
  role: ContainerRole;
}

/**
 * The containers of a pod spec: the main one first, then the others in the order of the spec, then the
 * init containers in the order in which they run.
 *
 * The main container is the one that the annotation names, else the first whose image is not that of a
 * well-known sidecar, else the first; an init container that is always restarted is a sidecar.
 */
export function containersByRole(
  spec: RawObject,
  annotations: Readonly<Record<string, string>>,
): RoledContainer[] {
  const regular = readList(spec.containers);
  const named = annotations[DEFAULT_CONTAINER_ANNOTATION];
  const main =
    regular.find(item => named && item.name === named) ??
    (regular.length > 1
      ? regular.find(item => !sidecarPurposeOf(readText(item.image) ?? ''))
      : undefined) ??
    regular[0];
  const roled = (raw: RawObject, role: ContainerRole): RoledContainer => ({
    raw,
    name: readText(raw.name) ?? '',
    image: readText(raw.image) ?? '',
    role,
  });

  const containers: RoledContainer[] = main ? [roled(main, 'main')] : [];
  for (const raw of regular) {
    if (raw !== main) {
      containers.push(roled(raw, 'sidecar'));
    }
  }
  for (const raw of readList(spec.initContainers)) {
    containers.push(
      roled(raw, raw.restartPolicy === 'Always' ? 'sidecar' : 'init'),
    );
  }
  return containers;
}
