import { Job, Pod, PodFailurePolicyRule } from '../../client';

type ExitCodes = NonNullable<PodFailurePolicyRule['onExitCodes']>;

/** What a Job's policy makes of a pod that failed. */
export interface FailureVerdict {
  /** The failure counts towards the backoff limit. */
  counts: boolean;
  failsIndex?: boolean;
  /** The whole Job fails, for this reason. */
  failsJob?: string;
}

function matchesExitCode(
  { operator, values }: ExitCodes,
  exitCode: number,
): boolean {
  return operator === 'In'
    ? values.includes(exitCode)
    : !values.includes(exitCode);
}

function containerMatching(pod: Pod, rule: ExitCodes) {
  const { containerStatuses = [], initContainerStatuses = [] } =
    pod.status ?? {};
  return [...containerStatuses, ...initContainerStatuses].find(
    ({ name, state }) =>
      state?.terminated &&
      state.terminated.exitCode !== 0 &&
      (rule.containerName === undefined || rule.containerName === name) &&
      matchesExitCode(rule, state.terminated.exitCode),
  );
}

/** Says why a rule applies to the pod; undefined where it does not. */
function whyRuleApplies(
  rule: PodFailurePolicyRule,
  pod: Pod,
): string | undefined {
  const { namespace, name } = pod.metadata;
  if (rule.onExitCodes) {
    const container = containerMatching(pod, rule.onExitCodes);
    return (
      container &&
      `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${container.state?.terminated?.exitCode}`
    );
  }
  const condition = pod.status?.conditions?.find(({ type, status }) =>
    rule.onPodConditions?.some(
      pattern => pattern.type === type && pattern.status === status,
    ),
  );
  return (
    condition && `Pod ${namespace}/${name} has condition ${condition.type}`
  );
}

/** The first rule that applies decides; without one the failure counts. */
export function failureVerdict(job: Job, pod: Pod): FailureVerdict {
  const rules = job.spec.podFailurePolicy?.rules ?? [];
  for (const [index, rule] of rules.entries()) {
    const why = whyRuleApplies(rule, pod);
    if (why) {
      switch (rule.action) {
        case 'Ignore':
          return { counts: false };
        case 'FailIndex':
          return { counts: true, failsIndex: true };
        case 'FailJob':
          return {
            counts: true,
            failsJob: `${why} matching ${rule.action} rule at index ${index}`,
          };
        default:
          return { counts: true };
      }
    }
  }
  return { counts: true };
}
