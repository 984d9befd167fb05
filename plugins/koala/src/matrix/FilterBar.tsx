import {
  Button,
  ButtonIcon,
  SearchField,
  Switch,
  ToggleButton,
} from '@backstage/ui';
import { RiFilter3Line, RiTeamLine } from '@remixicon/react';
import { useRef, useState } from 'react';
import { LiveConnection } from '../live/LiveConnection';
import { LiveIndicator } from '../live/LiveIndicator';
import styles from './FilterBar.module.css';
import { filterChoices, FilterKey } from './model/filterChoices';
import { clearFilters, describeFilters, MatrixFilters } from './model/filters';
import { FilterSelect } from './FilterSelect';
import { useSlashKey } from './useSlashKey';
import { Matrix } from '@koala-ops/backstage-plugin-koala-common';

/** What is shown, and how fresh it is. */
export function FilterBar(props: {
  matrix: Matrix;
  filters: MatrixFilters;
  onChange: (filters: MatrixFilters) => void;
  /** Absent where the page says above how fresh it is. */
  connection?: LiveConnection;
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
        {connection && <LiveIndicator connection={connection} />}
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
