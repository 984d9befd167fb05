import { Link } from 'react-router-dom';
import styles from './EnvironmentLink.module.css';
import { useEnvironmentLink } from './useEnvironmentLink';

/** An environment by its title, leading to where it is shown. */
export function EnvironmentLink(props: {
  name: string;
  title: string;
  /** It is the name of a row, and not a word beside others. */
  strong?: boolean;
}) {
  const { name, title, strong } = props;
  const href = useEnvironmentLink()(name);
  const className = strong ? styles.strong : styles.link;
  return href ? (
    <Link to={href} className={className} data-environment={name}>
      {title}
    </Link>
  ) : (
    <span className={strong ? styles.strong : undefined}>{title}</span>
  );
}
