import { isRolledOut } from './conditions';
import { ContractContext } from './ContractContext';

/** The annotation that counts a Deployment's versions. */
export const REVISION = 'deployment.kubernetes.io/revision';

/** The Deployment `web`, once all its pods are those of its template. */
export function rolledOut(t: ContractContext): Promise<any> {
  return t.eventually({
    resource: 'deployments',
    name: 'web',
    what: 'being rolled out',
    is: isRolledOut,
  });
}

/** Changes the image of the Deployment `web`, as `kubectl set image` does. */
export function setImage(t: ContractContext, image: string): Promise<any> {
  return t.ok(t.path('deployments', 'web'), {
    method: 'PATCH',
    contentType: 'application/strategic-merge-patch+json',
    body: {
      spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
    },
  });
}

/** The ReplicaSets of `web` by revision, oldest first. */
export async function replicaSets(t: ContractContext): Promise<any[]> {
  const { items } = await t.list('replicasets', { labelSelector: 'app=web' });
  return items.sort(
    (a: any, b: any) =>
      Number(a.metadata.annotations[REVISION]) -
      Number(b.metadata.annotations[REVISION]),
  );
}
