import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { typed } from '../kubectl';
import { configMap, deployment } from '../objects';

/** What a real server serves and the sandbox does not, in groups that both have. */
const NOT_SERVED =
  /^(componentstatuses|podtemplates|localsubjectaccessreviews|subjectaccessreviews|tokenreviews|csi\w+|volumeattach\w+|volumeattributes\w+|ipaddresses|servicecidrs) /;

/** What people ask of a server before they change anything. */
export const kubectlAskCases = area('kubectl ask', {
  'explain tells of kinds, fields and everything below': async t => {
    for (const command of [
      'deployment',
      'deploy.spec.strategy.rollingUpdate',
      'pods.spec.containers.lifecycle',
      'pods --recursive',
      'sts.spec.volumeClaimTemplates --recursive',
      'hpa.spec.metrics --recursive',
      'cronjob.spec.jobTemplate.spec.backoffLimit',
      'ingress.spec.rules --api-version=networking.k8s.io/v1',
      'svc.spec.ports -o plaintext-openapiv2',
      'deployment.spec.wombat',
      'wombat',
      'deployment --api-version=apps/v2',
    ]) {
      await typed(t, `explain ${command}`);
    }
    const { code, stdout } = await typed(t, 'explain pdb.spec.minAvailable');
    assert.equal(code, 0);
    assert.match(stdout, /^GROUP: +policy\nKIND: +PodDisruptionBudget\n/);
  },

  'api-resources and api-versions list what there is': async t => {
    for (const command of [
      'api-resources --api-group=apps',
      'api-resources --api-group=batch -o wide',
      'api-resources --api-group= --no-headers',
      'api-resources --api-group=networking.k8s.io',
      'api-resources --namespaced=false --verbs=delete,list --api-group=',
      'api-resources --api-group=rbac.authorization.k8s.io -o name',
      'api-resources --categories=all --sort-by=name --api-group=apps',
      'api-resources --api-group=wombat.example',
    ]) {
      const { code } = await typed(t, command, { leaveOut: NOT_SERVED });
      assert.equal(code, 0, command);
    }
    const { stdout } = await typed(t, 'api-versions', { unnoted: true });
    for (const version of ['v1', 'apps/v1', 'batch/v1', 'autoscaling/v2']) {
      assert.ok(stdout.split('\n').includes(version), version);
    }
  },

  'who one is and what one may do': async t => {
    const [nobody] = Object.values(t.cluster.users);
    for (const command of [
      'auth can-i create deployments',
      'auth can-i delete pods --subresource=log',
      "auth can-i '*' '*' -A",
      'auth can-i get /healthz',
      'auth can-i wombat pods',
      'auth can-i list wombats',
      'auth can-i list deploy.apps/web -q',
    ]) {
      await typed(t, command);
      await typed(t, command, { token: nobody });
    }
    await typed(t, 'auth can-i --list', { sorted: true });
    await typed(t, 'auth can-i --list', { token: nobody, sorted: true });
    await typed(t, 'auth whoami -o jsonpath={.status.userInfo.username}', {
      token: nobody,
    });
    await typed(t, 'get pods', { token: nobody });
    await typed(t, 'create cm a', { token: nobody });
    await typed(t, 'get pods', { token: 'wrong' });
    const { stdout } = await typed(t, 'cluster-info');
    assert.match(stdout, /Kubernetes control plane.* is running at/);
  },

  'events are listed for an object, by type and in order': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const event = (name: string, type: string, second: number) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      involvedObject: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'a',
        namespace: t.namespace,
        uid: metadata.uid,
      },
      type,
      reason: `Reason${second}`,
      message: `message ${second}`,
      source: { component: 'tester' },
      firstTimestamp: `2026-01-01T00:00:0${second}Z`,
      lastTimestamp: `2026-01-01T00:00:0${second}Z`,
      count: second,
    });
    await t.create('events', event('late', 'Warning', 3));
    await t.create('events', event('early', 'Normal', 1));
    for (const command of [
      'events',
      'events --for cm/a --types=Warning',
      'events --no-headers -o name',
      'get events',
      'get events --sort-by=.lastTimestamp -o custom-columns=R:.reason',
      'get events --field-selector type=Warning,involvedObject.name=a',
      'describe cm a',
    ]) {
      const { code } = await typed(t, command);
      assert.equal(code, 0, command);
    }
  },

  'wait for a condition, a value and the end': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    await t.create('configmaps', configMap('a', { data: { k: 'v' } }));
    for (const command of [
      'wait cm/a --for=jsonpath={.data.k}=v --timeout=10s',
      'wait cm/a --for=jsonpath={.data.k}=w --timeout=1s',
      'wait deploy/web --for=condition=Available --timeout=1s',
      'wait deploy/nowhere --for=delete --timeout=10s',
      'wait deploy/nowhere --for=condition=Available --timeout=1s',
      'wait cm -l a=b --for=create --timeout=1s',
      'wait cm/a --for=create --timeout=10s',
    ]) {
      await typed(t, command);
    }
    const ended = typed(t, 'wait cm/a --for=delete --timeout=60s');
    await t.remove('configmaps', 'a');
    assert.equal((await ended).code, 0);
  },
});
