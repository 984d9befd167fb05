import { Pod, Service, keyOf } from '../../client';

/** The annotation of a slice with the moment of the change that it was written for. */
export const LAST_CHANGE_TRIGGER_TIME =
  'endpoints.kubernetes.io/last-change-trigger-time';

const readyChangedAt = (pod: Pod): string | undefined =>
  pod.status?.conditions?.find(({ type }) => type === 'Ready')
    ?.lastTransitionTime ?? undefined;

/**
 * Remembers when each Service and its pods changed last, to tell what a write of slices answers to: the earliest
 * change since the write before. Times are RFC 3339 in UTC, so that they sort as text.
 */
export class TriggerTimes {
  readonly #pods = new Map<string, Map<string, string>>();

  /** When what is about to be written was set off; undefined where nothing that has a time changed. */
  next(service: Service, pods: readonly Pod[]): string | undefined {
    const key = keyOf(service);
    const before = this.#pods.get(key);
    const now = new Map<string, string>();
    let earliest: string | undefined;
    for (const pod of pods) {
      const { name = '' } = pod.metadata;
      const changedAt = readyChangedAt(pod);
      if (changedAt) {
        now.set(name, changedAt);
        if (changedAt > (before?.get(name) ?? '')) {
          earliest =
            earliest === undefined || changedAt < earliest
              ? changedAt
              : earliest;
        }
      }
    }
    this.#pods.set(key, now);
    return before ? earliest : service.metadata.creationTimestamp;
  }

  forget(key: string): void {
    this.#pods.delete(key);
  }
}
