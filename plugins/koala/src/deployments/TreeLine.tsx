import { RiShareLine } from '@remixicon/react';
import {
  ContainerDetail,
  ExposureDetail,
  PodDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { shortVersion } from '../status/shortVersion';
import { StatusText } from '../status/StatusText';
import { shortImage } from './model/imageName';
import { TreeRow } from './model/treeRows';
import { IngressLine } from './IngressLine';
import { PodSquares } from './PodSquares';
import { TreeColumns, TreeToggle } from './TreeColumns';
import styles from './TreeLine.module.css';
import { VolumeLine } from './VolumeLine';
import { WorkloadLine } from './WorkloadLine';

/** One line of the tree of objects. */
export function TreeLine(props: {
  row: TreeRow;
  onToggle: (key: string) => void;
}) {
  const { row, onToggle } = props;
  const toggle = () => onToggle(row.key);
  switch (row.type) {
    case 'section':
      return (
        <tr className={styles.section}>
          <th scope="rowgroup" colSpan={6}>
            {row.title} <span className={styles.muted}>{row.count}</span>
          </th>
        </tr>
      );
    case 'workload':
      return (
        <WorkloadLine
          workload={row.workload}
          open={row.open}
          onToggle={toggle}
        />
      );
    case 'pod':
      return <PodLine pod={row.pod} open={row.open} onToggle={toggle} />;
    case 'container':
      return <ContainerLine container={row.container} bad={row.bad} />;
    case 'more':
      return (
        <tr className={styles.line}>
          <td colSpan={6}>
            <button
              type="button"
              className={styles.more}
              style={{ marginLeft: 24 }}
              onClick={toggle}
            >
              Show {row.count} more pods
            </button>
          </td>
        </tr>
      );
    case 'ingress':
      return <IngressLine ingress={row.ingress} />;
    case 'volume':
      return <VolumeLine volume={row.volume} />;
    default:
      return <ExposureLine exposure={row.exposure} />;
  }
}

function PodLine(props: {
  pod: PodDetail;
  open: boolean;
  onToggle: () => void;
}) {
  const { pod, open, onToggle } = props;
  const needed = pod.containers.filter(c => c.role !== 'init').length;
  return (
    <TreeColumns
      depth={1}
      bad={pod.status === 'degraded'}
      name={
        <TreeToggle open={open} onToggle={onToggle}>
          <PodSquares pods={[pod]} unseen={false} />
          <code>{pod.name}</code>
        </TreeToggle>
      }
      status={<StatusText status={pod.status} />}
      ready={`${pod.ready}/${needed}`}
      restarts={pod.restarts}
      title={pod.reason?.message}
      detail={
        <>
          {[
            shortVersion(pod.version) +
              (pod.current ? ', the newest revision' : ''),
            pod.reason?.code,
          ]
            .filter(Boolean)
            .join(', ')}
          {pod.node && <span className={styles.muted}> on {pod.node}</span>}
        </>
      }
      since={pod.createdAt}
    />
  );
}

function ContainerLine(props: { container: ContainerDetail; bad: boolean }) {
  const { container, bad } = props;
  return (
    <TreeColumns
      depth={3}
      bad={bad}
      name={
        <>
          {container.name}
          <span className={styles.muted}>{container.role}</span>
        </>
      }
      status={
        <span className={bad ? styles.badText : styles.muted}>
          {container.state}
        </span>
      }
      restarts={container.restarts}
      title={container.message ?? container.image}
      detail={<code>{shortImage(container.image)}</code>}
      since={container.since}
    />
  );
}

function ExposureLine(props: { exposure: ExposureDetail }) {
  const { exposure } = props;
  const ports = exposure.ports.map(
    port => `${port.port}${port.protocol === 'TCP' ? '' : `/${port.protocol}`}`,
  );
  const reach =
    exposure.type === 'ExternalName'
      ? undefined
      : `reaches ${exposure.ready} of ${exposure.selected} pods`;
  return (
    <TreeColumns
      depth={0}
      bad={exposure.status === 'degraded'}
      name={
        <>
          <RiShareLine size={14} aria-hidden="true" className={styles.muted} />
          {exposure.name}
          <span className={styles.muted}>{exposure.type}</span>
        </>
      }
      status={<StatusText status={exposure.status} />}
      ready={`${exposure.ready}/${exposure.selected}`}
      title={exposure.reason?.message}
      detail={[
        ports.length > 0 &&
          `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`,
        reach,
        exposure.addresses.join(', '),
        exposure.reason?.message,
      ]
        .filter(Boolean)
        .join(', ')}
      since={exposure.createdAt}
    />
  );
}
