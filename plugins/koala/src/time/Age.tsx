import { useCallback } from 'react';
import { formatAge, formatExactTime } from './formatAge';
import { useTicking } from './useTicking';

/** How long ago something was, ticking by itself; the exact time is in its title. */
export function Age(props: { since: number; className?: string }) {
  const { since, className } = props;
  const text = useTicking(
    useCallback((now: number) => formatAge(now - since), [since]),
  );
  return (
    <time
      className={className}
      dateTime={new Date(since).toISOString()}
      title={formatExactTime(since)}
    >
      {text}
    </time>
  );
}
