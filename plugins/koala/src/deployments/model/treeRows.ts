import {
  ContainerDetail,
  ExposureDetail,
  PodDetail,
  Status,
  STATUSES,
  TargetDetail,
  WorkloadDetail,
} from '@koala-ops/backstage-plugin-koala-common';

/** One line of the tree below the comparison. */
export type TreeRow =
  | { type: 'section'; key: string; title: string; count: number }
  | {
      type: 'workload';
      key: string;
      workload: WorkloadDetail;
      open: boolean;
    }
  | { type: 'pod'; key: string; pod: PodDetail; open: boolean }
  | {
      type: 'container';
      key: string;
      container: ContainerDetail;
      bad: boolean;
    }
  | { type: 'more'; key: string; count: number }
  | { type: 'exposure'; key: string; exposure: ExposureDetail };

/** Of a workload with many pods, this many are listed before "Show more". */
export const POD_CAP = 20;

/** Lines of one target. What needs attention comes first and stands open; `toggled` turns that around. */
export function treeRows(options: {
  target: TargetDetail;
  toggled: ReadonlySet<string>;
}): TreeRow[] {
  const { target, toggled } = options;
  const rows: TreeRow[] = [];
  const { workloads, exposures } = target;
  if (workloads.length > 0) {
    rows.push({
      type: 'section',
      key: 'workloads',
      title: 'Workloads',
      count: workloads.length,
    });
  }
  for (const workload of workloads) {
    const key = `${workload.kind}/${workload.namespace}/${workload.name}`;
    const open = !toggled.has(key);
    rows.push({ type: 'workload', key, workload, open });
    if (open) {
      rows.push(...podRows({ pods: workload.pods, parent: key, toggled }));
    }
  }
  if (exposures.length > 0) {
    rows.push({
      type: 'section',
      key: 'exposures',
      title: 'Exposures',
      count: exposures.length,
    });
    for (const exposure of exposures) {
      rows.push({
        type: 'exposure',
        key: `exposure/${exposure.namespace}/${exposure.name}`,
        exposure,
      });
    }
  }
  return rows;
}

function podRows(options: {
  pods: readonly PodDetail[];
  parent: string;
  toggled: ReadonlySet<string>;
}): TreeRow[] {
  const { pods, parent, toggled } = options;
  const sorted = [...pods].sort(
    (a, b) =>
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
      a.name.localeCompare(b.name),
  );
  const moreKey = `${parent}/more`;
  const shown = toggled.has(moreKey) ? sorted : sorted.slice(0, POD_CAP);
  const rows = shown.flatMap((pod): TreeRow[] => {
    const key = `${parent}/${pod.name}`;
    const open = isBad(pod.status) !== toggled.has(key);
    return [
      { type: 'pod', key, pod, open },
      ...(open
        ? pod.containers.map(
            (container): TreeRow => ({
              type: 'container',
              key: `${key}/${container.role}/${container.name}`,
              container,
              bad:
                isBad(pod.status) &&
                !container.ready &&
                container.role !== 'init',
            }),
          )
        : []),
    ];
  });
  if (shown.length < sorted.length) {
    rows.push({
      type: 'more',
      key: moreKey,
      count: sorted.length - shown.length,
    });
  }
  return rows;
}

function isBad(status: Status): boolean {
  return status === 'degraded';
}
