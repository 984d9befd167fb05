import { Condition } from '../objects/Condition';
import {
  RawObject,
  readList,
  readMessage,
  readText,
  readTime,
} from './rawFields';
import { SharedValues } from './SharedValues';

const NONE: readonly Condition[] = Object.freeze([]);

/** Conditions of a status; those without a type say nothing and are left out. */
export function projectConditions(
  value: unknown,
  shared: SharedValues,
  keep: (raw: RawObject) => boolean = () => true,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const raw of readList(value)) {
    const type = readText(raw.type);
    if (type && keep(raw)) {
      conditions.push({
        type: shared.text(type),
        status: shared.text(readText(raw.status) ?? 'Unknown'),
        reason: shared.optionalText(readText(raw.reason)),
        message: readMessage(raw.message),
        transitionedAt: readTime(raw.lastTransitionTime),
        updatedAt: readTime(raw.lastUpdateTime),
      });
    }
  }
  return conditions.length > 0 ? conditions : NONE;
}
