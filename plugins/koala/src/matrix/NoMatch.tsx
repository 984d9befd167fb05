import { Button } from '@backstage/ui';
import { EmptyCard } from '../setup/EmptyCard';
import { describeFilters, MatrixFilters } from './model/filters';
import { suggestName } from './model/suggestion';
import styles from './NoMatch.module.css';

/** Nothing passes the filters: says which, and what was probably meant. */
export function NoMatch(props: {
  filters: MatrixFilters;
  names: readonly string[];
  onText: (text: string) => void;
  onClear: () => void;
}) {
  const { filters, names, onText, onClear } = props;
  const suggestion = suggestName(filters.text, names);
  const others = describeFilters(filters);
  const inUse = others.join(', ');
  return (
    <EmptyCard
      title={
        filters.text
          ? `No service matches “${filters.text}”`
          : `No service matches ${inUse}`
      }
      actions={
        <Button variant="secondary" onPress={onClear}>
          Clear filters
        </Button>
      }
    >
      {suggestion && (
        <>
          Did you mean{' '}
          <button
            type="button"
            className={styles.suggestion}
            onClick={() => onText(suggestion)}
          >
            {suggestion}
          </button>
          ?{' '}
        </>
      )}
      {filters.text && inUse && `Filters also in use: ${inUse}.`}
    </EmptyCard>
  );
}
