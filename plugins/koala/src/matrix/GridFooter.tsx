import styles from './GridFooter.module.css';
import { MatrixRow } from './model/rows';
import { MatrixView } from './model/MatrixView';
import { summariseSystem } from './model/systemSummary';

/** The sum of it, and the keys. */
export function GridFooter(props: {
  view: MatrixView;
  rows: readonly MatrixRow[];
}) {
  const { services, columns, stateOf } = props.view;
  const counts = summariseSystem({ services, columns, stateOf });
  const folded = props.rows.filter(
    row => row.type === 'system' && !row.open,
  ).length;
  return (
    <div className={styles.footer}>
      <span>
        <b>{counts.degraded} degraded</b>
        {counts.unknown > 0 && `, ${counts.unknown} unknown`},{' '}
        {counts.progressing} progressing of{' '}
        {services.length.toLocaleString('en')}
      </span>
      {folded > 0 && (
        <span>
          {folded === 1 ? '1 system is folded' : `${folded} systems are folded`}
        </span>
      )}
      <span className={styles.keys}>
        <span>
          <kbd>N</kbd> next problem
        </span>
        <span>
          <kbd>J</kbd> <kbd>K</kbd> row
        </span>
        <span>
          <kbd>/</kbd> filter
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
      </span>
    </div>
  );
}
