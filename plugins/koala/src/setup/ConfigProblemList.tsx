import { ConfigProblem } from '@koala-ops/backstage-plugin-koala-common';
import styles from './ConfigProblemList.module.css';

/** Which key, what is wrong with it, what to write instead. */
export function ConfigProblemList(props: {
  problems: readonly ConfigProblem[];
}) {
  return (
    <ul className={styles.list}>
      {props.problems.map(problem => (
        <li key={`${problem.key} ${problem.message}`}>
          <code>{problem.key}</code>: {problem.message}
          {problem.nextStep && ` ${problem.nextStep}`}
        </li>
      ))}
    </ul>
  );
}
