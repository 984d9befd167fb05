import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { ReactNode } from 'react';
import { Age } from '../time/Age';
import styles from './TreeLine.module.css';

/** The columns that every line of the tree has. */
export function TreeColumns(props: {
  bad?: boolean;
  depth: number;
  name: ReactNode;
  status: ReactNode;
  ready?: ReactNode;
  restarts?: number;
  detail?: ReactNode;
  title?: string;
  since?: number;
}) {
  const { bad, depth, name, status, ready, restarts, detail, title, since } =
    props;
  return (
    <tr className={styles.line} data-bad={bad || undefined}>
      <th scope="row">
        <span className={styles.name} style={{ paddingLeft: depth * 20 }}>
          {name}
        </span>
      </th>
      <td>{status}</td>
      <td className={styles.number}>{ready}</td>
      <td className={styles.number}>{restarts}</td>
      <td title={title}>{detail}</td>
      <td className={styles.muted}>
        {since !== undefined && <Age since={since} />}
      </td>
    </tr>
  );
}

/** Opens and closes what is below a line. */
export function TreeToggle(props: {
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const { open, onToggle, children } = props;
  const Arrow = open ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-expanded={open}
      onClick={onToggle}
    >
      <Arrow size={14} aria-hidden="true" />
      {children}
    </button>
  );
}
