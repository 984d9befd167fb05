import { join } from 'node:path';
import { ManagedProcess } from '../process/ManagedProcess';
import { Reaper } from '../process/Reaper';
import { until } from '../process/until';
import { ControlPlaneBinaries } from './ControlPlaneBinaries';
import { TestCluster } from '../cluster/TestCluster';

/**
 * Starts the controller manager and the scheduler of a cluster, and resolves once service accounts
 * are being made, without which no pod is admitted.
 */
export async function startControllers(options: {
  cluster: TestCluster;
  binaries: ControlPlaneBinaries;
  dir: string;
  serviceAccountPrivateFile: string;
  reaper: Reaper;
}): Promise<void> {
  const { cluster, binaries, dir, serviceAccountPrivateFile, reaper } = options;
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
        // It would put a ConfigMap into every namespace, between those that tests count.
        '--controllers=*,-root-ca-certificate-publisher-controller',
        `--service-account-private-key-file=${serviceAccountPrivateFile}`,
      ],
      logFile: join(dir, 'kube-controller-manager.log'),
      reaper,
    }),
    ManagedProcess.start({
      command: binaries['kube-scheduler'],
      args: common,
      logFile: join(dir, 'kube-scheduler.log'),
      reaper,
    }),
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
