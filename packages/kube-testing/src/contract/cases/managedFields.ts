import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { applied, ownersOf, written } from '../fieldOwners';
import { configMap, deployment, service, unscheduledPod } from '../objects';

/** Who owns what after creates, updates and patches. */
export const managedFieldCases = area('managedFields', {
  'who creates owns what is given, and defaults': async t => {
    const created = await written(t, 'services', {
      manager: 'kubectl-create',
      body: service('a'),
    });
    assert.deepEqual(ownersOf(created), {
      'kubectl-create Update v1': [
        'spec.internalTrafficPolicy',
        'spec.ports',
        'spec.ports[port=80,protocol=TCP]',
        'spec.ports[port=80,protocol=TCP].port',
        'spec.ports[port=80,protocol=TCP].protocol',
        'spec.ports[port=80,protocol=TCP].targetPort',
        'spec.selector',
        'spec.sessionAffinity',
        'spec.type',
      ],
    });
  },

  'of a pod, with what admission adds left out': async t => {
    const pod = unscheduledPod('a', { app: 'a' });
    pod.spec.containers[0] = {
      ...pod.spec.containers[0],
      ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
      resources: { requests: { cpu: '100m' } },
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
    };
    pod.spec.volumes = [{ name: 'v', emptyDir: {} }];
    pod.spec.tolerations = [{ key: 'a', operator: 'Exists' }];
    const created = await written(t, 'pods', { manager: 'me', body: pod });
    assert.deepEqual(ownersOf(created), {
      'me Update v1': [
        'metadata.labels',
        'metadata.labels.app',
        'spec.automountServiceAccountToken',
        'spec.containers[name=main]',
        'spec.containers[name=main].env',
        'spec.containers[name=main].env[name=A]',
        'spec.containers[name=main].env[name=A].name',
        'spec.containers[name=main].env[name=A].value',
        'spec.containers[name=main].env[name=B]',
        'spec.containers[name=main].env[name=B].name',
        'spec.containers[name=main].env[name=B].valueFrom',
        'spec.containers[name=main].env[name=B].valueFrom.fieldRef',
        'spec.containers[name=main].image',
        'spec.containers[name=main].imagePullPolicy',
        'spec.containers[name=main].name',
        'spec.containers[name=main].ports',
        'spec.containers[name=main].ports[containerPort=53,protocol=UDP]',
        'spec.containers[name=main].ports[containerPort=53,protocol=UDP].containerPort',
        'spec.containers[name=main].ports[containerPort=53,protocol=UDP].protocol',
        'spec.containers[name=main].ports[containerPort=80,protocol=TCP]',
        'spec.containers[name=main].ports[containerPort=80,protocol=TCP].containerPort',
        'spec.containers[name=main].ports[containerPort=80,protocol=TCP].protocol',
        'spec.containers[name=main].resources',
        'spec.containers[name=main].resources.requests',
        'spec.containers[name=main].resources.requests.cpu',
        'spec.containers[name=main].terminationMessagePath',
        'spec.containers[name=main].terminationMessagePolicy',
        'spec.containers[name=main].volumeMounts',
        'spec.containers[name=main].volumeMounts[mountPath=/v]',
        'spec.containers[name=main].volumeMounts[mountPath=/v].mountPath',
        'spec.containers[name=main].volumeMounts[mountPath=/v].name',
        'spec.dnsPolicy',
        'spec.enableServiceLinks',
        'spec.restartPolicy',
        'spec.schedulerName',
        'spec.securityContext',
        'spec.terminationGracePeriodSeconds',
        'spec.tolerations',
        'spec.volumes',
        'spec.volumes[name=v]',
        'spec.volumes[name=v].emptyDir',
        'spec.volumes[name=v].name',
      ],
    });
  },

  'of a Deployment': async t => {
    const created = await written(t, 'deployments', {
      manager: 'kubectl-create',
      body: deployment('web', { replicas: 0 }),
    });
    assert.deepEqual(ownersOf(created), {
      'kubectl-create Update apps/v1': [
        'metadata.labels',
        'metadata.labels.app',
        'spec.progressDeadlineSeconds',
        'spec.replicas',
        'spec.revisionHistoryLimit',
        'spec.selector',
        'spec.strategy.rollingUpdate',
        'spec.strategy.rollingUpdate.maxSurge',
        'spec.strategy.rollingUpdate.maxUnavailable',
        'spec.strategy.type',
        'spec.template.metadata.labels',
        'spec.template.metadata.labels.app',
        'spec.template.spec.containers[name=main]',
        'spec.template.spec.containers[name=main].image',
        'spec.template.spec.containers[name=main].imagePullPolicy',
        'spec.template.spec.containers[name=main].name',
        'spec.template.spec.containers[name=main].resources',
        'spec.template.spec.containers[name=main].terminationMessagePath',
        'spec.template.spec.containers[name=main].terminationMessagePolicy',
        'spec.template.spec.dnsPolicy',
        'spec.template.spec.restartPolicy',
        'spec.template.spec.schedulerName',
        'spec.template.spec.securityContext',
        'spec.template.spec.terminationGracePeriodSeconds',
      ],
    });
  },

  'who updates owns what changes, and nobody what is removed': async t => {
    await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { data: { x: '1', y: '1', z: '1' } }),
    });
    const updated = await written(t, 'configmaps', {
      manager: 'two',
      name: 'a',
      body: configMap('a', { data: { x: '1', y: '2', w: '1' } }),
    });
    assert.deepEqual(ownersOf(updated), {
      'one Update v1': ['data', 'data.x'],
      'two Update v1': ['data.w', 'data.y'],
    });
  },

  'an update of nothing changes nothing': async t => {
    const created = await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { data: { x: '1' } }),
    });
    for (const body of [created, configMap('a', { data: { x: '1' } })]) {
      const updated = await written(t, 'configmaps', {
        manager: 'two',
        name: 'a',
        body,
      });
      assert.deepEqual(updated, created);
    }
    const patched = await written(t, 'configmaps', {
      manager: 'two',
      name: 'a',
      patch: { data: { x: '1' } },
    });
    assert.deepEqual(patched, created);
  },

  'every kind of patch has an owner': async t => {
    await written(t, 'services', { manager: 'one', body: service('a') });
    const query = { fieldManager: 'two' };
    await t.client.patch(
      t.path('services', 'a'),
      'merge',
      { metadata: { labels: { m: '1' } } },
      { query },
    );
    await t.client.patch(
      t.path('services', 'a'),
      'strategic-merge',
      {
        spec: {
          ports: [
            { port: 81, name: 'b' },
            { port: 80, name: 'a' },
          ],
        },
      },
      { query: { fieldManager: 'three' } },
    );
    const { body } = await t.client.patch(
      t.path('services', 'a'),
      'json',
      [
        {
          op: 'add',
          path: '/metadata/annotations',
          value: { 'example.com/a': '1' },
        },
        { op: 'replace', path: '/spec/selector/app', value: 'b' },
      ],
      { query: { fieldManager: 'four' } },
    );
    assert.deepEqual(ownersOf(body), {
      'four Update v1': [
        'metadata.annotations',
        'metadata.annotations.example.com/a',
        'spec.selector',
      ],
      'one Update v1': [
        'spec.internalTrafficPolicy',
        'spec.ports',
        'spec.ports[port=80,protocol=TCP]',
        'spec.ports[port=80,protocol=TCP].port',
        'spec.ports[port=80,protocol=TCP].protocol',
        'spec.ports[port=80,protocol=TCP].targetPort',
        'spec.sessionAffinity',
        'spec.type',
      ],
      'three Update v1': [
        'spec.ports[port=80,protocol=TCP].name',
        'spec.ports[port=81,protocol=TCP]',
        'spec.ports[port=81,protocol=TCP].name',
        'spec.ports[port=81,protocol=TCP].port',
        'spec.ports[port=81,protocol=TCP].protocol',
        'spec.ports[port=81,protocol=TCP].targetPort',
      ],
      'two Update v1': ['metadata.labels', 'metadata.labels.m'],
    });
  },

  'a manager has one entry per operation and version': async t => {
    await applied(t, 'configmaps', configMap('a', { data: { x: '1' } }));
    await written(t, 'configmaps', {
      manager: 'me',
      name: 'a',
      patch: { data: { y: '1' } },
    });
    await written(t, 'configmaps', {
      manager: 'me',
      name: 'a',
      patch: { data: { z: '1' } },
    });
    assert.deepEqual(ownersOf(await t.read('configmaps', 'a')), {
      'me Apply v1': ['data.x'],
      'me Update v1': ['data.y', 'data.z'],
    });
  },

  'a client that knows nothing of owners does not lose them': async t => {
    const created = await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { data: { x: '1' } }),
    });
    delete created.metadata.managedFields;
    created.data.y = '1';
    const updated = await written(t, 'configmaps', {
      manager: 'two',
      name: 'a',
      body: created,
    });
    assert.deepEqual(ownersOf(updated), {
      'one Update v1': ['data', 'data.x'],
      'two Update v1': ['data.y'],
    });
  },
});
