import {
  ContainerDetail,
  ExposureDetail,
  IngressDetail,
  PodDetail,
  Status,
  STATUSES,
  TargetDetail,
  VolumeDetail,
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
  | { type: 'exposure'; key: string; exposure: ExposureDetail }
  | { type: 'ingress'; key: string; ingress: IngressDetail }
  | { type: 'volume'; key: string; volume: VolumeDetail };

/** Of a workload with many pods, this many are listed before "Show more". */
export const POD_CAP = 20;

/** Lines of one target. What needs attention comes first and stands open; `toggled` turns that around. */
export function treeRows(options: {
  target: TargetDetail;
  toggled: ReadonlySet<string>;
}): TreeRow[] {
  const { target, toggled } = options;
  const rows: TreeRow[] = [];
  const { workloads, exposures, ingresses, volumes } = target;
  rows.push(...section('workloads', 'Workloads', workloads.length));
  for (const workload of workloads) {
    const key = keyOf(workload.kind, workload);
    const open = !toggled.has(key);
    rows.push({ type: 'workload', key, workload, open });
    if (open) {
      rows.push(...podRows({ pods: workload.pods, parent: key, toggled }));
    }
  }
  rows.push(
    ...section('exposures', 'Exposures', exposures.length + ingresses.length),
    ...ingresses.map((ingress): TreeRow => {
      const key = keyOf('ingress', ingress);
      return { type: 'ingress', key, ingress };
    }),
    ...exposures.map((exposure): TreeRow => {
      const key = keyOf('exposure', exposure);
      return { type: 'exposure', key, exposure };
    }),
    ...section('volumes', 'Volumes', volumes.length),
    ...volumes.map((volume): TreeRow => {
      const key = keyOf('volume', volume);
      return { type: 'volume', key, volume };
    }),
  );
  return rows;
}

function keyOf(
  type: string,
  { namespace, name }: { namespace: string; name: string },
): string {
  return `${type}/${namespace}/${name}`;
}

/** The title of a part of the tree, where there is something in it. */
function section(key: string, title: string, count: number): TreeRow[] {
  return count > 0 ? [{ type: 'section', key, title, count }] : [];
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
