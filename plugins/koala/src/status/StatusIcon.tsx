import { Status } from '@koala-ops/backstage-plugin-koala-common';
import styles from './StatusIcon.module.css';

const CIRCUMFERENCE = 2 * Math.PI * 2;

function Shape(props: { status: Status; share: number }) {
  switch (props.status) {
    case 'healthy':
      return (
        <>
          <circle cx="8" cy="8" r="6.25" className={styles.stroke} />
          <path d="m5.2 8.2 2 2 3.7-4.2" className={styles.stroke} />
        </>
      );
    case 'progressing':
      return (
        <>
          <circle cx="8" cy="8" r="6.25" className={styles.stroke} />
          <circle
            cx="8"
            cy="8"
            r="2"
            transform="rotate(-90 8 8)"
            className={styles.pie}
            strokeDasharray={`${CIRCUMFERENCE * props.share} ${CIRCUMFERENCE}`}
          />
        </>
      );
    case 'degraded':
      return (
        <>
          <path
            d="M5.3 1.25h5.4l4.05 4.05v5.4l-4.05 4.05H5.3L1.25 10.7V5.3z"
            className={styles.fill}
          />
          <path d="M8 4.4v4.2M8 10.9v.6" className={styles.cut} />
        </>
      );
    case 'suspended':
      return (
        <>
          <rect
            x="2"
            y="2"
            width="12"
            height="12"
            rx="1.5"
            className={styles.stroke}
          />
          <path d="M6.3 5.5v5M9.7 5.5v5" className={styles.stroke} />
        </>
      );
    case 'not-deployed':
      return (
        <circle
          cx="8"
          cy="8"
          r="6.25"
          strokeDasharray="2.6 2.3"
          className={styles.stroke}
        />
      );
    default:
      return (
        <>
          <path d="M8 1.2 14.8 8 8 14.8 1.2 8z" className={styles.stroke} />
          <path
            d="M6.5 6.7c0-.9.7-1.4 1.5-1.4s1.5.5 1.5 1.3c0 1-1.5 1.1-1.5 2.1M8 10.6v.4"
            className={styles.stroke}
          />
        </>
      );
  }
}

/**
 * The shape of a status. It never stands alone: the word is beside it, so the icon itself is hidden
 * from assistive technology.
 */
export function StatusIcon(props: {
  status: Status;
  /** Share that is done, 0 to 1; only for `progressing`. */
  share?: number;
  size?: number;
  className?: string;
}) {
  const { status, share = 0.5, size = 16, className } = props;
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      data-status={status}
      className={[styles.icon, styles[status], className]
        .filter(Boolean)
        .join(' ')}
    >
      <Shape status={status} share={Math.min(1, Math.max(0.06, share))} />
    </svg>
  );
}
