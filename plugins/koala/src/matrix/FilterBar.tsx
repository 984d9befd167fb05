import {
  Button,
  ButtonIcon,
  SearchField,
  Select,
  Switch,
  ToggleButton,
} from '@backstage/ui';
import { RiFilter3Line, RiTeamLine } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import { LiveConnection } from '../live/LiveConnection';
import { LiveIndicator } from '../live/LiveIndicator';
import styles from './FilterBar.module.css';
import { filterChoices, FilterKey } from './model/filterChoices';
import { clearFilters, describeFilters, MatrixFilters } from './model/filters';
import { isTyping } from './useGridKeyboard';
import { Matrix } from '@koala-ops/backstage-plugin-koala-common';

const ALL = 'all';

/** What is shown, and how fresh it is. */
export function FilterBar(props: {
  matrix: Matrix;
  filters: MatrixFilters;
  onChange: (filters: MatrixFilters) => void;
  connection: LiveConnection;
  narrow: boolean;
}) {
  const { matrix, filters, onChange, connection, narrow } = props;
  const [open, setOpen] = useState(false);
  const search = useRef<HTMLDivElement>(null);
  useSlashKey(search);
  const set = (part: Partial<MatrixFilters>) =>
    onChange({ ...filters, ...part });
  const total = matrix.services.length;
  const selects = filterChoices(matrix).map(({ key, label, choices }) => (
    <FilterSelect
      key={key}
      label={label}
      choices={choices}
      value={filters[key]}
      onChange={value =>
        set({ [key]: value } as Pick<MatrixFilters, FilterKey>)
      }
    />
  ));
  return (
    <div className={styles.bar} role="search" aria-label="Services">
      <div className={styles.search} ref={search}>
        <SearchField
          aria-label="Filter services"
          size="small"
          placeholder={
            total > 100
              ? `Filter ${total.toLocaleString('en')} services`
              : 'Filter services'
          }
          value={filters.text}
          onChange={text => set({ text })}
        />
        {!narrow && !filters.text && (
          <kbd className={styles.slash} aria-hidden="true">
            /
          </kbd>
        )}
      </div>
      {narrow && (
        <ButtonIcon
          aria-label="More filters"
          aria-expanded={open}
          size="small"
          variant="secondary"
          icon={<RiFilter3Line />}
          onPress={() => setOpen(!open)}
        />
      )}
      <ToggleButton
        size="small"
        aria-label={narrow ? 'My teams' : undefined}
        iconStart={<RiTeamLine />}
        isSelected={filters.mine}
        onChange={mine => set({ mine })}
      >
        {narrow ? undefined : 'My teams'}
      </ToggleButton>
      {(!narrow || open) && <div className={styles.selects}>{selects}</div>}
      {(!narrow || open) && describeFilters(filters).length > 0 && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => onChange(clearFilters(filters))}
        >
          Clear
        </Button>
      )}
      <span className={styles.end}>
        <LiveIndicator connection={connection} />
        {(!narrow || open) && (
          <Switch
            label="Problems first"
            isSelected={filters.problemsFirst}
            onChange={problemsFirst => set({ problemsFirst })}
          />
        )}
      </span>
    </div>
  );
}

function FilterSelect(props: {
  label: string;
  choices: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, choices, value, onChange } = props;
  return (
    <Select
      aria-label={label}
      size="small"
      className={styles.select}
      icon={<span className={styles.label} data-label={label} />}
      searchable={choices.length > 12}
      searchPlaceholder={`Find ${label.toLowerCase()}`}
      options={[{ value: ALL, label: 'All' }, ...choices]}
      value={value ?? ALL}
      onChange={key => onChange(!key || key === ALL ? undefined : String(key))}
    />
  );
}

/** `/` goes to the filter from anywhere on the page. */
function useSlashKey(search: React.RefObject<HTMLElement>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key === '/' &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !isTyping(event.target)
      ) {
        event.preventDefault();
        search.current?.querySelector('input')?.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [search]);
}
