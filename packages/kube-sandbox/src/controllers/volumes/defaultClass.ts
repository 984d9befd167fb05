import { DEFAULT_CLASS } from './annotations';

/** The parts of a StorageClass that make it the default one. */
interface Candidate {
  metadata: {
    name?: string;
    creationTimestamp?: string;
    annotations?: Record<string, string>;
  };
}

/** The class of claims that name none: of several the newest, of those of one moment the first by name. */
export function defaultClass<T extends Candidate>(
  classes: readonly T[],
): T | undefined {
  const created = ({ metadata }: T) => metadata.creationTimestamp ?? '';
  return classes
    .filter(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')
    .sort(
      (a, b) =>
        created(b).localeCompare(created(a)) ||
        (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''),
    )[0];
}
