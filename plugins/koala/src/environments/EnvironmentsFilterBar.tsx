import { Button, SearchField } from '@backstage/ui';
import { useRef } from 'react';
import { EnvironmentOverview } from '@koala-ops/backstage-plugin-koala-common';
import { LiveConnection } from '../live/LiveConnection';
import { LiveIndicator } from '../live/LiveIndicator';
import styles from '../matrix/FilterBar.module.css';
import { FilterSelect } from '../matrix/FilterSelect';
import { useNarrow } from '../matrix/useNarrow';
import { useSlashKey } from '../matrix/useSlashKey';
import {
  describeEnvironmentFilters,
  environmentChoices,
  EnvironmentFilters,
} from './model/environmentFilters';

/** Which environments are shown, and how fresh that is. */
export function EnvironmentsFilterBar(props: {
  environments: readonly EnvironmentOverview[];
  filters: EnvironmentFilters;
  onChange: (filters: EnvironmentFilters) => void;
  connection: LiveConnection;
}) {
  const { environments, filters, onChange, connection } = props;
  const search = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  useSlashKey(search);
  return (
    <div className={styles.bar} role="search" aria-label="Environments">
      <div className={styles.search} ref={search}>
        <SearchField
          aria-label="Filter environments"
          size="small"
          placeholder="Filter environments"
          value={filters.text}
          onChange={text => onChange({ ...filters, text })}
        />
        {!narrow && !filters.text && (
          <kbd className={styles.slash} aria-hidden="true">
            /
          </kbd>
        )}
      </div>
      {environmentChoices(environments).map(({ key, label, choices }) => (
        <FilterSelect
          key={key}
          label={label}
          choices={choices.map(value => ({ value, label: value }))}
          value={filters[key]}
          onChange={value => onChange({ ...filters, [key]: value })}
        />
      ))}
      {describeEnvironmentFilters(filters).length > 0 && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => onChange({ text: '' })}
        >
          Clear
        </Button>
      )}
      <span className={styles.end}>
        <LiveIndicator connection={connection} />
      </span>
    </div>
  );
}
