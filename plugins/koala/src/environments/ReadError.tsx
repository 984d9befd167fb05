import { Alert, Button } from '@backstage/ui';
import { EmptyCard } from '../setup/EmptyCard';
import { explainError } from '../setup/explainError';
import styles from './ReadError.module.css';

/** Nothing could be read yet: what the backend answered, and what to look at. */
export function ReadError(props: { error: Error; onRetry: () => void }) {
  const { error, onRetry } = props;
  const { title, text } = explainError(error);
  return (
    <EmptyCard
      koala
      title={title}
      code={error.message}
      actions={
        <Button variant="secondary" onPress={onRetry}>
          Try again
        </Button>
      }
    >
      {text} Koala goes on trying by itself.
    </EmptyCard>
  );
}

/** What is shown was read before, and cannot be read now. */
export function StaleAlert(props: { error: Error }) {
  return (
    <Alert
      className={styles.alert}
      status="warning"
      icon
      title={explainError(props.error).title}
      description="What is shown may be out of date. Koala goes on trying by itself."
    />
  );
}
