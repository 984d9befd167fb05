import { join } from 'node:path';
import { ManagedProcess } from '../process/ManagedProcess';
import { Reaper } from '../process/Reaper';
import { until } from '../process/until';
import { ControlPlaneBinaries } from './ControlPlaneBinaries';
import { TestCluster } from '../cluster/TestCluster';

/**
 * Which controllers run: all with a scheduler, none, or only those that complete what the API server itself needs:
 * service accounts, without which no pod is admitted, and the built-in roles.
 */
export type ControllerChoice = boolean | 'accounts';

/**
 * Starts the controller manager and the scheduler of a cluster, and resolves once service accounts
 * are being made, without which no pod is admitted.
 */
export async function startControllers(options: {
  cluster: TestCluster;
  binaries: ControlPlaneBinaries;
  dir: string;
  serviceAccountPrivateFile: string;
  /** False: no more than service accounts and the built-in roles, and no scheduler. */
  all: boolean;
  reaper: Reaper;
}): Promise<void> {
  const { cluster, binaries, dir, all, reaper } = options;
  const common = [
    `--kubeconfig=${cluster.kubeconfig}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
  const processes = [
    ManagedProcess.start({
      command: binaries['kube-controller-manager'],
      args: [
        ...common,
        // The publisher would put a ConfigMap into every namespace, between those that tests count.
        `--controllers=${
          all
            ? '*,-root-ca-certificate-publisher-controller'
            : 'serviceaccount-controller,clusterrole-aggregation-controller'
        }`,
        `--service-account-private-key-file=${options.serviceAccountPrivateFile}`,
      ],
      logFile: join(dir, 'kube-controller-manager.log'),
      reaper,
    }),
    ...(all
      ? [
          ManagedProcess.start({
            command: binaries['kube-scheduler'],
            args: common,
            logFile: join(dir, 'kube-scheduler.log'),
            reaper,
          }),
        ]
      : []),
  ];
  await until({
    what: `the controllers of cluster ${cluster.name}`,
    boundMs: 120_000,
    attempt: async () => {
      processes.forEach(managed => managed.assertRunning());
      const { status } = await cluster.client.get(
        '/api/v1/namespaces/default/serviceaccounts/default',
      );
      return status === 200;
    },
  });
}
