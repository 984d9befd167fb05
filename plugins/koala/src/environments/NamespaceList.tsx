import { Button } from '@backstage/ui';
import { useState } from 'react';
import styles from './panels.module.css';

const SHOWN = 24;

/** The namespaces that are looked into; many of them only when asked for. */
export function NamespaceList(props: { namespaces: readonly string[] }) {
  const { namespaces } = props;
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className={styles.namespaces} aria-label="Namespaces">
        {(all ? namespaces : namespaces.slice(0, SHOWN)).map(namespace => (
          <li key={namespace}>{namespace}</li>
        ))}
      </ul>
      {!all && namespaces.length > SHOWN && (
        <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
          Show all {namespaces.length.toLocaleString('en')}
        </Button>
      )}
    </>
  );
}
