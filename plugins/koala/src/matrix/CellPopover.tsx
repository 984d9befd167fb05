import { Popover } from '@backstage/ui';
import { ReactNode } from 'react';
import { useTargetState } from '../live/useLive';
import { Sentence } from '../status/Sentence';
import { StatusIcon } from '../status/StatusIcon';
import { behindSentence, TargetView, viewTarget } from '../status/targetView';
import theme from '../theme/tokens.module.css';
import { Age } from '../time/Age';
import styles from './CellPopover.module.css';
import { entityName } from './model/entityName';
import { ShownCell } from './useCellPopover';

/** What there is to know of one cell, beside it: reason, next step, release. */
export function CellPopover(props: {
  shown: ShownCell;
  onKeep: () => void;
  onClose: () => void;
}) {
  const { shown, onKeep, onClose } = props;
  const { service, column, element } = shown;
  const state = useTargetState({
    service,
    environment: column.environment,
    target: column.target,
  });
  const view = viewTarget(state, column.clusterState);
  return (
    <Popover
      isOpen
      isNonModal
      hideArrow
      triggerRef={{ current: element }}
      placement="right top"
      offset={8}
      shouldUpdatePosition
      onOpenChange={isOpen => !isOpen && onClose()}
      className={`${theme.root} ${styles.popover}`}
    >
      <div
        className={styles.content}
        role="tooltip"
        onPointerEnter={onKeep}
        onPointerLeave={onClose}
      >
        <div className={styles.head}>
          <StatusIcon status={view.status} share={view.share} />
          <span className={styles.word} data-status={view.status}>
            {view.word}
          </span>
          <span className={styles.muted}>
            {view.note}
            {view.since !== undefined && (
              <>
                {view.status === 'unknown' ? ' ' : 'for '}
                <Age since={view.since} />
                {view.status === 'unknown' && ' ago'}
              </>
            )}
          </span>
          <span className={styles.place}>
            {entityName(service)} · {column.label}
          </span>
        </div>
        <Why
          view={view}
          clusterMessage={column.clusterState?.message}
          nextStep={column.clusterState?.nextStep}
        />
        <ReleaseFacts view={view} cluster={column.cluster} />
      </div>
    </Popover>
  );
}

function Why(props: {
  view: TargetView;
  clusterMessage?: string;
  nextStep?: string;
}) {
  const { view, clusterMessage } = props;
  const reason = view.reason;
  if (reason) {
    return (
      <>
        <p className={styles.message}>
          <b>{reason.code}:</b> <Sentence text={reason.message} />
        </p>
        {reason.nextStep && (
          <p className={styles.next}>
            Next step: <Sentence text={reason.nextStep} />
          </p>
        )}
      </>
    );
  }
  if (view.status === 'unknown' && clusterMessage) {
    return (
      <>
        <p className={styles.message}>
          <Sentence text={clusterMessage} />
        </p>
        {props.nextStep && (
          <p className={styles.next}>Next step: {props.nextStep}</p>
        )}
      </>
    );
  }
  return null;
}

function ReleaseFacts(props: { view: TargetView; cluster: string }) {
  const { view, cluster } = props;
  const { release } = view;
  const facts: [string, ReactNode][] = [];
  if (release) {
    facts.push([
      'Release',
      <>
        <code>{release.version}</code>
        {release.previous && (
          <span className={styles.muted}>
            {' replaces '}
            <code>{release.previous}</code>
          </span>
        )}
        {release.labelSays && (
          <span className={styles.muted}>
            {' '}
            (label says {release.labelSays})
          </span>
        )}
        {view.behind && (
          <span className={styles.muted}>, {behindSentence(view.behind)}</span>
        )}
      </>,
    ]);
    facts.push(['Image', <code>{release.image}</code>]);
    if (release.digest) {
      facts.push(['Digest', <code>{release.digest}</code>]);
    }
    if (release.deployedAt !== undefined) {
      facts.push([
        'Deployed',
        <>
          <Age since={release.deployedAt} /> ago
          {release.revision !== undefined && `, revision ${release.revision}`}
        </>,
      ]);
    }
  }
  if (view.ready) {
    facts.push(['Ready', `${view.ready.replace('/', ' of ')} pods`]);
  }
  facts.push(['Cluster', cluster]);
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
