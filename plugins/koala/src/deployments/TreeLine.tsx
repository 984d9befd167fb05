import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiShareLine,
  RiStackLine,
} from '@remixicon/react';
import { ReactNode } from 'react';
import {
  ContainerDetail,
  ExposureDetail,
  PodDetail,
  WorkloadDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { shortVersion } from '../status/shortVersion';
import { StatusText } from '../status/StatusText';
import { Age } from '../time/Age';
import { shortImage } from './model/imageName';
import { TreeRow } from './model/treeRows';
import { PodSquares } from './PodSquares';
import styles from './TreeLine.module.css';

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
    default:
      return <ExposureLine exposure={row.exposure} />;
  }
}

function Columns(props: {
  bad?: boolean;
  depth: number;
  name: ReactNode;
  status: ReactNode;
  ready?: ReactNode;
  restarts?: number;
  detail?: ReactNode;
  title?: string;
  since?: number;
}) {
  const { bad, depth, name, status, ready, restarts, detail, title, since } =
    props;
  return (
    <tr className={styles.line} data-bad={bad || undefined}>
      <th scope="row">
        <span className={styles.name} style={{ paddingLeft: depth * 20 }}>
          {name}
        </span>
      </th>
      <td>{status}</td>
      <td className={styles.number}>{ready}</td>
      <td className={styles.number}>{restarts}</td>
      <td title={title}>{detail}</td>
      <td className={styles.muted}>
        {since !== undefined && <Age since={since} />}
      </td>
    </tr>
  );
}

function Toggle(props: {
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const { open, onToggle, children } = props;
  const Arrow = open ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-expanded={open}
      onClick={onToggle}
    >
      <Arrow size={14} aria-hidden="true" />
      {children}
    </button>
  );
}

function WorkloadLine(props: {
  workload: WorkloadDetail;
  open: boolean;
  onToggle: () => void;
}) {
  const { workload, open, onToggle } = props;
  const { release, updated, desired, ready } = workload;
  const progress =
    updated < desired ? `updating ${updated} of ${desired}` : undefined;
  return (
    <Columns
      depth={0}
      name={
        <Toggle open={open} onToggle={onToggle}>
          <RiStackLine size={14} aria-hidden="true" />
          <b>{workload.name}</b>
          <span className={styles.muted}>{workload.kind}</span>
        </Toggle>
      }
      status={<StatusText status={workload.status} />}
      ready={`${ready}/${desired}`}
      title={workload.reasons[0]?.message}
      detail={
        [
          release.revision !== undefined && `revision ${release.revision}`,
          progress,
          workload.reasons[0]?.code,
        ]
          .filter(Boolean)
          .join(', ') || shortVersion(release.version)
      }
      since={workload.createdAt}
    />
  );
}

function PodLine(props: {
  pod: PodDetail;
  open: boolean;
  onToggle: () => void;
}) {
  const { pod, open, onToggle } = props;
  const needed = pod.containers.filter(c => c.role !== 'init').length;
  return (
    <Columns
      depth={1}
      bad={pod.status === 'degraded'}
      name={
        <Toggle open={open} onToggle={onToggle}>
          <PodSquares pods={[pod]} unseen={false} />
          <code>{pod.name}</code>
        </Toggle>
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
    <Columns
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
    <Columns
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
