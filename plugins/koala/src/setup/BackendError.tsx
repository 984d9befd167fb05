import { Button } from '@backstage/ui';
import { useLiveStore } from '../live/useLive';
import { EmptyCard } from './EmptyCard';
import { explainError } from './explainError';

/** Koala's backend was never heard: what it answered, and what to look at. */
export function BackendError(props: { error: Error }) {
  const store = useLiveStore();
  const { title, text } = explainError(props.error);
  return (
    <EmptyCard
      koala
      title={title}
      code={props.error.message}
      actions={
        <Button variant="secondary" onPress={() => store.retry()}>
          Try again
        </Button>
      }
    >
      {text} Koala goes on trying by itself.
    </EmptyCard>
  );
}
