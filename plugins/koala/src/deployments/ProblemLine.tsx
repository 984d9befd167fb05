import { Sentence } from '../status/Sentence';
import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import { EnvironmentView } from './model/environmentView';
import styles from './ProblemLine.module.css';

/** What is wrong in the selected environment, and what to do: one line under its column. */
export function ProblemLine(props: {
  problem: NonNullable<EnvironmentView['problem']>;
  /** Which column it points at. */
  caret: { column: number; columns: number };
}) {
  const { reason, status, place } = props.problem;
  const { column, columns } = props.caret;
  const share = (column + 0.5) / columns;
  return (
    <div className={styles.problem} data-status={status} role="note">
      <span
        className={styles.caret}
        aria-hidden="true"
        style={{ left: `calc(84px + (100% - 84px) * ${share})` }}
      />
      <StatusIcon status={status} className={styles.icon} />
      <div className={styles.text}>
        <p className={styles.message}>
          <b>{reason.code}:</b> <Sentence text={reason.message} />
        </p>
        <p className={styles.next}>
          {place}
          {reason.object && `, ${reason.object.kind} ${reason.object.name}`}
          {reason.since !== undefined && (
            <>
              , for <Age since={reason.since} />
            </>
          )}
          {reason.nextStep && (
            <>
              . Next step: <Sentence text={reason.nextStep} />
            </>
          )}
        </p>
      </div>
    </div>
  );
}
