import { RiArrowRightSLine } from '@remixicon/react';
import { Link } from 'react-router-dom';
import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import styles from './AttentionStrip.module.css';
import { AttentionItem } from './model/attention';
import { useDeploymentsLink } from './useDeploymentsLink';

const SHOWN = 3;

/** What is broken, where and since when; the worst three, and how many more. */
export function AttentionStrip(props: {
  items: readonly AttentionItem[];
  onShowAll: () => void;
}) {
  const { items, onShowAll } = props;
  const linkTo = useDeploymentsLink();
  if (items.length === 0) {
    return null;
  }
  const more = items.length - SHOWN;
  return (
    <section className={styles.strip} aria-label="Needs attention">
      {items.slice(0, SHOWN).map(item => {
        const href = item.service && linkTo(item.service, item.environment);
        return href ? (
          <Link key={item.key} to={href} className={styles.item}>
            <AttentionText item={item} />
          </Link>
        ) : (
          <div key={item.key} className={styles.item}>
            <AttentionText item={item} />
          </div>
        );
      })}
      {more > 0 && (
        <button type="button" className={styles.more} onClick={onShowAll}>
          {more} more{placesOf(items.slice(SHOWN))}
          <RiArrowRightSLine size={16} aria-hidden="true" />
        </button>
      )}
    </section>
  );
}

/** " in dev", where the rest is in one or two environments. */
function placesOf(items: readonly AttentionItem[]): string {
  const places = [...new Set(items.map(item => item.environment))];
  return places.length <= 2 && places.every(Boolean)
    ? ` in ${places.join(' and ')}`
    : '';
}

function AttentionText(props: { item: AttentionItem }) {
  const { item } = props;
  return (
    <>
      <StatusIcon status={item.status} className={styles.icon} />
      <span className={styles.what}>
        <b>{item.subject}</b> {item.place}
      </span>
      <span className={styles.why} title={item.detail}>
        <b data-status={item.status}>
          {item.word}
          {item.since !== undefined && (
            <>
              {' for '}
              <Age since={item.since} />
            </>
          )}
        </b>{' '}
        {item.detail}
      </span>
    </>
  );
}
