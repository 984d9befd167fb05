import { ConfigProblem } from '@koala-ops/backstage-plugin-koala-common';
import { ConfigProblemList } from './ConfigProblemList';
import { EmptyCard } from './EmptyCard';
import { EXAMPLE_CONFIG } from './exampleConfig';

/** No environment can be shown: none is set up yet, what is written is wrong, or all are hidden from the reader. */
export function SetupPage(props: { problems: readonly ConfigProblem[] }) {
  const { problems } = props;
  if (problems.length === 0) {
    // Where none is configured that is a problem of the configuration, so there are some that are hidden.
    return (
      <EmptyCard koala title="No environment to show">
        You may not see what runs in any environment. Whoever administers this
        portal can allow it: the permission is called koala.service.read.
      </EmptyCard>
    );
  }
  if (problems.every(problem => problem.key === 'koala.environments')) {
    return (
      <EmptyCard koala title="Set up your environments" code={EXAMPLE_CONFIG}>
        Koala knows no environment yet. Write under koala.environments in
        app-config.yaml where your services run; clusters go by the names they
        have in the Kubernetes plugin.
        <ConfigProblemList problems={problems} />
      </EmptyCard>
    );
  }
  return (
    <EmptyCard
      koala
      title="The configuration of Koala needs fixing"
      code={EXAMPLE_CONFIG}
    >
      No environment can be shown until this is right:
      <ConfigProblemList problems={problems} />
    </EmptyCard>
  );
}
