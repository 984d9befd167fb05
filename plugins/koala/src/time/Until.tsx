import { useCallback } from 'react';
import { formatAge, formatExactTime } from './formatAge';
import { useTicking } from './useTicking';

/** How long until something, ticking by itself: `in 6 min`, and `now` once it is due. */
export function Until(props: { at: number }) {
  const { at } = props;
  const text = useTicking(
    useCallback(
      (now: number) => (at > now ? `in ${formatAge(at - now)}` : 'now'),
      [at],
    ),
  );
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactTime(at)}>
      {text}
    </time>
  );
}
