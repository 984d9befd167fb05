import {
  TargetDetail,
  WorkloadDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { viewTarget } from '../status/targetView';
import { EnvironmentView } from './model/environmentView';
import { RolloutCell } from './comparisonCells';
import { TargetPanel } from './TargetPanel';

const MINUTE = 60_000;

function workload(part: Partial<WorkloadDetail>): WorkloadDetail {
  return {
    kind: 'Deployment',
    name: 'ledger',
    namespace: 'payments',
    status: 'healthy',
    reasons: [],
    release: { version: '1.2.0', source: 'tag', image: 'ledger:1.2.0' },
    ready: 1,
    desired: 1,
    updated: 1,
    createdAt: Date.now() - 60 * MINUTE,
    containers: [],
    configs: [],
    pods: [],
    ...part,
  };
}

function target(part: Partial<TargetDetail>): TargetDetail {
  return {
    target: 'eu',
    cluster: 'prod-eu',
    status: 'healthy',
    namespaces: ['payments'],
    workloads: [],
    exposures: [],
    ingresses: [],
    volumes: [],
    ...part,
  };
}

function viewOf(detail: TargetDetail): EnvironmentView {
  return {
    environment: { name: 'prod', title: 'prod', targets: [] },
    title: 'prod',
    rank: 0,
    split: false,
    targets: [{ detail, view: viewTarget(detail, undefined) }],
    headlines: [{ status: detail.status, text: 'Healthy' }],
    findings: [],
  };
}

function show(detail: TargetDetail) {
  const environment = viewOf(detail);
  renderInTestApp(
    <TargetPanel
      environment={environment}
      target={environment.targets[0]}
      service={{
        ref: 'component:default/ledger',
        namespace: 'default',
        name: 'ledger',
        matchedBy: 'name',
      }}
    />,
  );
}

const NIGHTLY = workload({
  kind: 'CronJob',
  name: 'nightly',
  ready: 0,
  desired: 0,
  updated: 0,
  schedule: {
    schedule: '0 3 * * *',
    timeZone: 'Europe/Berlin',
    suspended: false,
    nextRunAt: Date.now() + 5.5 * MINUTE,
    lastRun: { outcome: 'failed', at: Date.now() - 7.5 * MINUTE },
    active: 0,
  },
});

describe('TargetPanel', () => {
  it('shows workloads of every kind, and of one that it does not know', async () => {
    show(
      target({
        workloads: [
          workload({ kind: 'StatefulSet', ready: 2, desired: 3 }),
          NIGHTLY,
          workload({
            kind: 'Job',
            name: 'migrate',
            status: 'degraded',
            reasons: [
              {
                code: 'BackoffLimitExceeded',
                message: 'failed (2 pods failed)',
              },
            ],
            ready: 0,
            run: {
              state: 'failed',
              finishedAt: Date.now() - 3.5 * MINUTE,
              succeeded: 0,
              completions: 1,
              active: 0,
              failed: 2,
              backoffLimit: 1,
            },
          }),
          workload({
            kind: 'DaemonSet',
            name: 'agent',
            status: 'suspended',
            autoscaler: {
              name: 'agent',
              status: 'healthy',
              minReplicas: 2,
              maxReplicas: 9,
              currentReplicas: 2,
              desiredReplicas: 2,
            },
          }),
          workload({ kind: 'Rollout', name: 'canary' }),
        ],
      }),
    );
    const row = async (name: RegExp) => screen.findByRole('row', { name });
    expect(await row(/ledger ?StatefulSet/)).toHaveTextContent('2/3');
    expect(await row(/nightly ?CronJob/)).toHaveTextContent(
      /0 3 \* \* \* Europe\/Berlin, next run in 5 min, last run failed 7 min ago/,
    );
    expect(await row(/nightly ?CronJob/)).not.toHaveTextContent('0/0');
    expect(await row(/migrate ?Job/)).toHaveTextContent(
      /BackoffLimitExceeded, failed 3 min ago, 2 pods failed/,
    );
    expect(await row(/agent ?DaemonSet/)).toHaveTextContent(
      /Suspended.*scaled from 2 to 9/,
    );
    expect(await row(/canary ?Rollout/)).toHaveTextContent('Healthy');
  });

  it('shows volumes and ingresses', async () => {
    show(
      target({
        workloads: [workload({})],
        ingresses: [
          {
            name: 'web',
            namespace: 'payments',
            status: 'healthy',
            className: 'nginx',
            routes: [
              { host: 'pay.example.com', url: 'https://pay.example.com/' },
              { exposure: 'ledger' },
            ],
            addresses: ['192.0.2.1'],
            createdAt: 0,
          },
        ],
        volumes: [
          {
            name: 'images',
            namespace: 'payments',
            status: 'progressing',
            reason: {
              code: 'VolumePending',
              message: 'it is not bound to a volume yet',
            },
            phase: 'Pending',
            className: 'encrypted',
            access: 'shared',
            accessModes: ['ReadWriteMany'],
            requested: '10Gi',
            mountedBy: [
              { kind: 'Deployment', name: 'ledger' },
              { kind: 'Deployment', name: 'resizer' },
            ],
            alsoMounted: 1,
            createdAt: 0,
          },
        ],
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'https://pay.example.com/' }),
    ).toHaveAttribute('href', 'https://pay.example.com/');
    expect(
      screen.getByRole('row', { name: /images ?shared volume/ }),
    ).toHaveTextContent(
      /10Gi, class encrypted, mounted by ledger, resizer, 1 other workload, it is not bound/,
    );
  });

  it('says how the last run went where there is nothing but Jobs', async () => {
    renderInTestApp(
      <RolloutCell view={viewOf(target({ workloads: [NIGHTLY] }))} />,
    );
    const cell = await screen.findByText('0 3 * * *');
    expect(cell.parentElement).toHaveTextContent(/last run failed 7 min ago/);
    expect(within(cell).queryByText('0/0')).toBeNull();
  });

  it('says in one sentence why it cannot be known what runs here', () => {
    show(
      target({
        status: 'unknown',
        reason: {
          code: 'NamespaceForbidden',
          message: 'The account may not watch Pod in the namespace payments.',
        },
      }),
    );
    expect(
      screen.getByText(
        'Koala cannot say what runs here: The account may not watch Pod in the namespace payments.',
      ),
    ).toBeInTheDocument();
  });
});
