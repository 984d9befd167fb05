import { ConfigProblem } from '@koala-ops/backstage-plugin-koala-common';
import { ConfigProblemList } from './ConfigProblemList';
import { EmptyCard } from './EmptyCard';
import { EXAMPLE_CONFIG } from './exampleConfig';

/** No environment can be shown: either none is set up yet, or what is written is wrong. */
export function SetupPage(props: { problems: readonly ConfigProblem[] }) {
  const { problems } = props;
  const missing =
    problems.length === 0 ||
    problems.every(problem => problem.key === 'koala.environments');
  if (missing) {
    return (
      <EmptyCard koala title="Set up your environments" code={EXAMPLE_CONFIG}>
        Koala knows no environment yet. Write under koala.environments in
        app-config.yaml where your services run; clusters go by the names they
        have in the Kubernetes plugin.
        {problems.length > 0 && <ConfigProblemList problems={problems} />}
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
