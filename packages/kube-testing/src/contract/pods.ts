import { ContractContext } from './ContractContext';

/** Creates a pod; it needs the namespace's default service account, which comes by itself. */
export async function runPod(
  t: ContractContext,
  name: string,
  spec: object,
): Promise<any> {
  await t.eventually({
    resource: 'serviceaccounts',
    name: 'default',
    what: 'being there',
    is: body => body.kind === 'ServiceAccount',
  });
  return t.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: { terminationGracePeriodSeconds: 1, ...spec },
  });
}
