import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ownersOf } from '../fieldOwners';
import { deployment, READINESS_PROBE, service } from '../objects';
import { rolledOut } from '../rollouts';

/** All owners of an object, without the uids and addresses in them. */
function everyOwnerOf(object: any): Record<string, string[]> {
  const owners = JSON.stringify(ownersOf(object, { all: true }));
  return JSON.parse(
    owners
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
      .replace(/\b10(\.\d+){3}\b/g, '<ip>'),
  );
}

/** Who owns what when the components of a cluster have done their part. */
export const managedFieldComponentCases = area(
  'managedFields of components',
  {
    'in a rollout each component owns what it writes': async t => {
      await t.client.post(
        t.path('deployments'),
        deployment('web', { readinessProbe: READINESS_PROBE }),
        { query: { fieldManager: 'kubectl-create' } },
      );
      await rolledOut(t);
      const web = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'being complete',
        is: it =>
          it.status.conditions.some(
            (condition: any) => condition.reason === 'NewReplicaSetAvailable',
          ),
      });
      assert.deepEqual(everyOwnerOf(web), {
        'kube-controller-manager Update apps/v1 status': [
          'metadata.annotations',
          'metadata.annotations.deployment.kubernetes.io/revision',
          'status.availableReplicas',
          'status.conditions',
          'status.conditions[type=Available]',
          'status.conditions[type=Available].lastTransitionTime',
          'status.conditions[type=Available].lastUpdateTime',
          'status.conditions[type=Available].message',
          'status.conditions[type=Available].reason',
          'status.conditions[type=Available].status',
          'status.conditions[type=Available].type',
          'status.conditions[type=Progressing]',
          'status.conditions[type=Progressing].lastTransitionTime',
          'status.conditions[type=Progressing].lastUpdateTime',
          'status.conditions[type=Progressing].message',
          'status.conditions[type=Progressing].reason',
          'status.conditions[type=Progressing].status',
          'status.conditions[type=Progressing].type',
          'status.observedGeneration',
          'status.readyReplicas',
          'status.replicas',
          'status.terminatingReplicas',
          'status.updatedReplicas',
        ],
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
          'spec.template.spec.containers[name=main].readinessProbe',
          'spec.template.spec.containers[name=main].readinessProbe.failureThreshold',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.path',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.port',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.scheme',
          'spec.template.spec.containers[name=main].readinessProbe.periodSeconds',
          'spec.template.spec.containers[name=main].readinessProbe.successThreshold',
          'spec.template.spec.containers[name=main].readinessProbe.timeoutSeconds',
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
      const [replicaSet] = (await t.list('replicasets')).items;
      assert.deepEqual(everyOwnerOf(replicaSet), {
        'kube-controller-manager Update apps/v1': [
          'metadata.annotations',
          'metadata.annotations.deployment.kubernetes.io/desired-replicas',
          'metadata.annotations.deployment.kubernetes.io/max-replicas',
          'metadata.annotations.deployment.kubernetes.io/revision',
          'metadata.labels',
          'metadata.labels.app',
          'metadata.labels.pod-template-hash',
          'metadata.ownerReferences',
          'metadata.ownerReferences[uid=<uid>]',
          'spec.replicas',
          'spec.selector',
          'spec.template.metadata.labels',
          'spec.template.metadata.labels.app',
          'spec.template.metadata.labels.pod-template-hash',
          'spec.template.spec.containers[name=main]',
          'spec.template.spec.containers[name=main].image',
          'spec.template.spec.containers[name=main].imagePullPolicy',
          'spec.template.spec.containers[name=main].name',
          'spec.template.spec.containers[name=main].readinessProbe',
          'spec.template.spec.containers[name=main].readinessProbe.failureThreshold',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.path',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.port',
          'spec.template.spec.containers[name=main].readinessProbe.httpGet.scheme',
          'spec.template.spec.containers[name=main].readinessProbe.periodSeconds',
          'spec.template.spec.containers[name=main].readinessProbe.successThreshold',
          'spec.template.spec.containers[name=main].readinessProbe.timeoutSeconds',
          'spec.template.spec.containers[name=main].resources',
          'spec.template.spec.containers[name=main].terminationMessagePath',
          'spec.template.spec.containers[name=main].terminationMessagePolicy',
          'spec.template.spec.dnsPolicy',
          'spec.template.spec.restartPolicy',
          'spec.template.spec.schedulerName',
          'spec.template.spec.securityContext',
          'spec.template.spec.terminationGracePeriodSeconds',
        ],
        'kube-controller-manager Update apps/v1 status': [
          'status.availableReplicas',
          'status.fullyLabeledReplicas',
          'status.observedGeneration',
          'status.readyReplicas',
          'status.replicas',
          'status.terminatingReplicas',
        ],
      });
      const [pod] = (await t.list('pods')).items;
      assert.deepEqual(everyOwnerOf(pod), {
        'kube-controller-manager Update v1': [
          'metadata.generateName',
          'metadata.labels',
          'metadata.labels.app',
          'metadata.labels.pod-template-hash',
          'metadata.ownerReferences',
          'metadata.ownerReferences[uid=<uid>]',
          'spec.containers[name=main]',
          'spec.containers[name=main].image',
          'spec.containers[name=main].imagePullPolicy',
          'spec.containers[name=main].name',
          'spec.containers[name=main].readinessProbe',
          'spec.containers[name=main].readinessProbe.failureThreshold',
          'spec.containers[name=main].readinessProbe.httpGet',
          'spec.containers[name=main].readinessProbe.httpGet.path',
          'spec.containers[name=main].readinessProbe.httpGet.port',
          'spec.containers[name=main].readinessProbe.httpGet.scheme',
          'spec.containers[name=main].readinessProbe.periodSeconds',
          'spec.containers[name=main].readinessProbe.successThreshold',
          'spec.containers[name=main].readinessProbe.timeoutSeconds',
          'spec.containers[name=main].resources',
          'spec.containers[name=main].terminationMessagePath',
          'spec.containers[name=main].terminationMessagePolicy',
          'spec.dnsPolicy',
          'spec.enableServiceLinks',
          'spec.restartPolicy',
          'spec.schedulerName',
          'spec.securityContext',
          'spec.terminationGracePeriodSeconds',
        ],
        'kubelet Update v1 status': [
          'status.conditions[type=ContainersReady]',
          'status.conditions[type=ContainersReady].lastProbeTime',
          'status.conditions[type=ContainersReady].lastTransitionTime',
          'status.conditions[type=ContainersReady].observedGeneration',
          'status.conditions[type=ContainersReady].status',
          'status.conditions[type=ContainersReady].type',
          'status.conditions[type=Initialized]',
          'status.conditions[type=Initialized].lastProbeTime',
          'status.conditions[type=Initialized].lastTransitionTime',
          'status.conditions[type=Initialized].observedGeneration',
          'status.conditions[type=Initialized].status',
          'status.conditions[type=Initialized].type',
          'status.conditions[type=PodReadyToStartContainers]',
          'status.conditions[type=PodReadyToStartContainers].lastProbeTime',
          'status.conditions[type=PodReadyToStartContainers].lastTransitionTime',
          'status.conditions[type=PodReadyToStartContainers].observedGeneration',
          'status.conditions[type=PodReadyToStartContainers].status',
          'status.conditions[type=PodReadyToStartContainers].type',
          'status.conditions[type=PodScheduled].observedGeneration',
          'status.conditions[type=Ready]',
          'status.conditions[type=Ready].lastProbeTime',
          'status.conditions[type=Ready].lastTransitionTime',
          'status.conditions[type=Ready].observedGeneration',
          'status.conditions[type=Ready].status',
          'status.conditions[type=Ready].type',
          'status.containerStatuses',
          'status.hostIP',
          'status.hostIPs',
          'status.observedGeneration',
          'status.phase',
          'status.podIP',
          'status.podIPs',
          'status.podIPs[ip=<ip>]',
          'status.podIPs[ip=<ip>].ip',
          'status.startTime',
        ],
      });
    },

    'a slice of a Service is owned by its controller': async t => {
      await t.create('services', service('web'));
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      let slice: any;
      await t.eventuallyTrue('a slice with an endpoint', async () => {
        const { items } = await t.list('endpointslices');
        [slice] = items;
        return slice?.endpoints?.[0]?.conditions?.ready === true;
      });
      const { 'kube-controller-manager Update discovery.k8s.io/v1': fields } =
        everyOwnerOf(slice);
      // The time of the last change comes and goes.
      assert.deepEqual(
        fields.filter(field => !field.startsWith('metadata.annotations')),
        [
          'addressType',
          'endpoints',
          'metadata.generateName',
          'metadata.labels',
          'metadata.labels.endpointslice.kubernetes.io/managed-by',
          'metadata.labels.kubernetes.io/service-name',
          'metadata.ownerReferences',
          'metadata.ownerReferences[uid=<uid>]',
          'ports',
        ],
      );
      assert.deepEqual(Object.keys(ownersOf(slice)), []);
    },
  },
  { controllers: true },
);
