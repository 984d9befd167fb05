import {
  judgeWorkload,
  newestPodTest,
  PodDetail,
  podDeadlineOf,
  Reason,
  sidecarPurposeOf,
  TemplateContainerDetail,
  WorkloadDetail,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { autoscalerOf, partsOf } from '../resolution/partsOf';
import { describeConfigs } from './describeConfigs';
import { describePod } from './describePod';
import { describeRun, describeSchedule } from './describeRuns';
import { describeAutoscaler, describeBudget } from './describeScaling';

/** A workload with its pods, the newest revision first. */
export function describeWorkload(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
  /** Why no verdict can be given, where something that it needs cannot be read. */
  unknown?: Reason;
  now: number;
}): WorkloadDetail {
  const { cluster, workload, inventory, unknown, now } = options;
  const parts = partsOf({ cluster, workload, inventory });
  const autoscaler = autoscalerOf({ cluster, workload, inventory });
  const isNewest = newestPodTest({ workload, parts });
  const deadlineMs = podDeadlineOf(workload);
  const { recheckAt, ...judged } = judgeWorkload({ workload, ...parts, now });
  return {
    ...judged,
    ...(unknown && {
      status: 'unknown',
      since: undefined,
      reasons: [unknown],
    }),
    containers: describeContainers(workload),
    configs: describeConfigs({ cluster, workload, inventory }),
    autoscaler: autoscaler && describeAutoscaler(autoscaler, now),
    disruptionBudget: describeBudget({ cluster, workload, inventory }),
    run: workload.kind === 'Job' ? describeRun(workload) : undefined,
    schedule:
      workload.kind === 'CronJob'
        ? describeSchedule({ cronJob: workload, jobs: parts.jobs ?? [], now })
        : undefined,
    pods: parts.pods
      .map(pod =>
        describePod(pod, {
          current: isNewest(pod),
          deadlineMs,
          claimOf: parts.claimOf,
          releasedDigest: judged.release.digest,
          now,
        }),
      )
      .sort(newestFirst),
  };
}

function newestFirst(a: PodDetail, b: PodDetail): number {
  return (
    Number(b.current) - Number(a.current) ||
    a.createdAt - b.createdAt ||
    (a.name < b.name ? -1 : 1)
  );
}

function describeContainers({
  template,
}: WorkloadObject): TemplateContainerDetail[] {
  return template.containers.map(container => ({
    ...container,
    purpose:
      container.role === 'sidecar'
        ? sidecarPurposeOf(container.image)
        : undefined,
  }));
}
