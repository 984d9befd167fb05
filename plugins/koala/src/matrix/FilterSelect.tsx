import { Select } from '@backstage/ui';
import styles from './FilterBar.module.css';

const ALL = 'all';

/** One filter that offers a list; its label stands inside it. */
export function FilterSelect(props: {
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
