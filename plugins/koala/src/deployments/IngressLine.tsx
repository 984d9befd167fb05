import { RiGlobalLine } from '@remixicon/react';
import { IngressDetail } from '@koala-ops/backstage-plugin-koala-common';
import { Fragment } from 'react';
import { StatusText } from '../status/StatusText';
import { TreeColumns } from './TreeColumns';
import styles from './TreeLine.module.css';

/** An ingress with the addresses at which it serves the service. */
export function IngressLine(props: { ingress: IngressDetail }) {
  const { ingress } = props;
  const { routes, reason, className } = ingress;
  const urls = [
    ...new Set(routes.flatMap(({ url }) => (url === undefined ? [] : [url]))),
  ];
  return (
    <TreeColumns
      depth={0}
      bad={ingress.status === 'degraded'}
      name={
        <>
          <RiGlobalLine size={14} aria-hidden="true" className={styles.muted} />
          {ingress.name}
          <span className={styles.muted}>Ingress {className}</span>
        </>
      }
      status={<StatusText status={ingress.status} />}
      title={reason?.message}
      detail={
        <>
          {urls.map((url, index) => (
            <Fragment key={url}>
              {index > 0 && ', '}
              <a href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
            </Fragment>
          ))}
          {urls.length > 0 && reason && ', '}
          {reason?.message}
        </>
      }
      since={ingress.createdAt}
    />
  );
}
