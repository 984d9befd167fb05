/** What tells events apart. */
export interface EventIdentity {
  uid?: string;
  fieldPath?: string;
  type: string;
  reason: string;
  message: string;
}

/** What becomes of an event: nothing, or one that is written under this key. */
export interface Correlated {
  /** Events of the same key are one, counted up. */
  key: string;
  message: string;
}

const MANY_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 10 * 60_000;
const BURST = 25;
const REFILL_MS = 5 * 60_000;

/** Objects and kinds of events that are remembered. */
const REMEMBERED = 2_000;

interface Similar {
  messages: Set<string>;
  lastAt: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  map.delete(key);
  map.set(key, value);
  if (map.size > REMEMBERED) {
    const [oldest] = map.keys();
    map.delete(oldest);
  }
  return value;
}

/**
 * Keeps the events of one component from flooding a cluster, as client-go does: of events that differ in
 * their message alone, those after the tenth in ten minutes become one; an object may have 25 events at
 * once, and another one every five minutes.
 */
export class EventCorrelator {
  private readonly similar = new Map<string, Similar>();
  private readonly buckets = new Map<string, Bucket>();

  /** Undefined where the event is one too many. */
  correlate(event: EventIdentity, now: number): Correlated | undefined {
    const aggregated = this.aggregate(event, now);
    return this.mayWrite(event.uid ?? '', now) ? aggregated : undefined;
  }

  private aggregate(event: EventIdentity, now: number): Correlated {
    const { uid, fieldPath, type, reason, message } = event;
    const group = [uid, type, reason].join('\n');
    const known = this.similar.get(group);
    const isRecent = known && now - known.lastAt <= SIMILAR_WITHIN_MS;
    const { messages } = remember(this.similar, group, {
      messages: isRecent ? known.messages : new Set<string>(),
      lastAt: now,
    });
    messages.add(message);
    if (messages.size < MANY_SIMILAR) {
      return { key: [group, fieldPath, message].join('\n'), message };
    }
    messages.delete(message);
    return {
      key: group,
      message: `(combined from similar events): ${message}`,
    };
  }

  private mayWrite(uid: string, now: number): boolean {
    const { tokens, at } = this.buckets.get(uid) ?? { tokens: BURST, at: now };
    const filled = Math.min(BURST, tokens + (now - at) / REFILL_MS);
    const isAllowed = filled >= 1;
    remember(this.buckets, uid, {
      tokens: isAllowed ? filled - 1 : filled,
      at: now,
    });
    return isAllowed;
  }
}
