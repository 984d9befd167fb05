import {
  ClusterSet,
  findKubectl,
  locateControlPlane,
  startControlPlane,
  startSandbox,
  TestCluster,
} from '@koala-ops/kube-testing';
import { test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a browser test runs against: simulated clusters, or a real control plane. */
export type ClusterKind = 'sandbox' | 'real';

export type TestClusters = ClusterSet;

/**
 * Starts clusters with controllers and nodes, each API server in a process of its own. Where there is
 * no real control plane and Go cannot build one, the test is left out and says so.
 */
export async function startClusters(
  kind: ClusterKind,
  names: string[],
): Promise<TestClusters> {
  if (kind === 'sandbox') {
    return startSandbox({
      clusters: names,
      controllers: true,
      nodes: 2,
      process: 'each',
    });
  }
  const location = await locateControlPlane();
  if (location.state === 'unavailable') {
    if (location.goInstalled) throw new Error(location.reason);
    test.info().annotations.push({
      type: 'left out',
      description: location.reason,
    });
    test.info().skip(true, location.reason);
  }
  return startControlPlane({ clusters: names, controllers: true, nodes: 2 });
}

/** Runs kubectl against a cluster, as its administrator. */
export async function kubectl(
  cluster: TestCluster,
  ...args: string[]
): Promise<string> {
  const program = await findKubectl();
  const { stdout } = await run(program, [
    '--kubeconfig',
    cluster.kubeconfig,
    ...args,
  ]);
  return stdout;
}
