import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { kubectl, typed } from '../kubectl';
import { deployment } from '../objects';
import { daemonSet, statefulSet } from '../workloads';

const settled = (t: ContractContext, workload: string) =>
  kubectl(t, 'rollout', 'status', workload, '--timeout=60s');

/** What people do to a rollout, and what they wait for. */
export const kubectlRolloutCases = area(
  'kubectl rollout',
  {
    'of a Deployment: history, undo, pause, resume, restart': async t => {
      await t.create('deployments', deployment('web'));
      await settled(t, 'deployment/web');
      await typed(t, 'rollout status deployment/web');
      await typed(t, 'annotate deploy/web kubernetes.io/change-cause=first');
      await typed(t, 'set image deploy/web main=shop/cart:2.0.0');
      await settled(t, 'deployment/web');
      for (const command of [
        'history deployment/web',
        'history deployment/web --revision=1',
        'history deployment/web --revision=7',
        'history deployment/web -o name',
        'undo deployment/web --dry-run=server',
        'undo deployment/web --to-revision=7',
        'undo deployment/web',
      ]) {
        await typed(t, `rollout ${command}`);
      }
      await settled(t, 'deployment/web');
      const { spec } = await t.read('deployments', 'web');
      assert.equal(spec.template.spec.containers[0].image, 'shop/cart:1.0.0');
      for (const command of [
        'history deployment/web',
        'pause deployment/web',
        'pause deployment/web',
        'undo deployment/web',
        'restart deployment/web',
        'resume deployment/web',
        'resume deployment/web',
        'restart deployment/web',
      ]) {
        await typed(t, `rollout ${command}`);
      }
      await settled(t, 'deployment/web');
      await typed(t, 'rollout history deployment/web');
      await typed(t, 'rollout status deployment/nowhere');
      await typed(t, 'rollout status configmap/a');
    },

    'of StatefulSets and DaemonSets': async t => {
      await t.create('statefulsets', statefulSet('db'));
      await t.create('daemonsets', daemonSet('agent'));
      for (const workload of ['statefulset/db', 'daemonset/agent']) {
        await settled(t, workload);
        await typed(t, `set image ${workload} main=shop/cart:2.0.0`);
        await settled(t, workload);
        await typed(t, `rollout history ${workload}`);
        await typed(t, `rollout history ${workload} --revision=1`);
        await typed(t, `rollout undo ${workload}`);
        await settled(t, workload);
        await typed(t, `rollout history ${workload}`);
        await typed(t, `rollout pause ${workload}`);
        await typed(t, `rollout restart ${workload}`);
        await settled(t, workload);
        await typed(t, `get ${workload} -o wide`);
      }
    },

    'that gets stuck is told of when its time is over': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          image: 'shop/cart:missing',
          spec: { progressDeadlineSeconds: 2 },
        }),
      );
      await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'being over time',
        is: body =>
          body.status?.conditions?.some(
            (it: any) => it.reason === 'ProgressDeadlineExceeded',
          ),
      });
      const { code } = await typed(t, 'rollout status deployment/web');
      assert.equal(code, 1);
      await typed(t, 'rollout status deployment/web --watch=false');
      await typed(t, 'get deploy,rs');
    },

    'delete takes the pods along, or leaves them': async t => {
      for (const name of ['a', 'b', 'c']) {
        await t.create('deployments', deployment(name));
        await settled(t, `deployment/${name}`);
      }
      await typed(t, 'delete deploy a --cascade=foreground');
      await typed(t, 'get all -l app=a');
      await typed(t, 'delete deploy b --cascade=orphan');
      await typed(t, 'get rs,pods -l app=b');
      await typed(t, 'delete deploy c --cascade=background --wait=false');
      await t.eventuallyTrue('the pods of c to be gone', async () => {
        const names = await t.names('pods', { labelSelector: 'app=c' });
        return names.length === 0;
      });
      await typed(t, 'get all -l app=c');
      await typed(t, 'delete pods -l app=b --force --grace-period=0');
      await typed(t, 'delete rs,pods --all --timeout=60s');
      const { stdout } = await typed(t, 'get rs,pods');
      assert.equal(stdout, '');
    },
  },
  { controllers: true },
);
