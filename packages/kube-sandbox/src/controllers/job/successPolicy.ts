import { Job } from '../../client';
import { Indexes, parseIndexes } from './indexes';

/** The message of the first rule of the success policy that is met. */
export function successPolicyMet(
  { spec }: Job,
  succeeded: Indexes,
): string | undefined {
  if (succeeded.size === 0) {
    return undefined;
  }
  const met = (spec.successPolicy?.rules ?? []).findIndex(
    ({ succeededIndexes, succeededCount }) => {
      if (succeededIndexes === undefined) {
        return succeededCount !== undefined && succeeded.size >= succeededCount;
      }
      const wanted = parseIndexes(succeededIndexes, spec.completions ?? 0);
      const done = [...wanted].filter(index => succeeded.has(index)).length;
      return wanted.size > 0 && done >= (succeededCount ?? wanted.size);
    },
  );
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}
