import assert from 'node:assert/strict';
import { RawResponse } from '../../client/RawKubeClient';
import { eventStory } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure } from '../expectations';
import { service } from '../objects';

const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

function post(t: ContractContext, object: any): Promise<RawResponse> {
  return t.client.post(t.path('services'), object);
}

/** Sends a merge patch that has to be refused. */
function patch(t: ContractContext, name: string, spec: object) {
  return t.client.request(t.path('services', name), {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: { spec },
  });
}

function refused(response: RawResponse, field: string, message: string): void {
  assert.equal(response.status, 422, response.text);
  assert.deepEqual(
    response.body.details.causes.map((it: any) => `${it.field}: ${it.message}`),
    [`${field}: ${message}`],
  );
}

const nodePorts = ({ spec }: any): number[] =>
  spec.ports.map((port: any) => port.nodePort);

/** Addresses and ports of Services, and what becomes of them. */
export const serviceCases = area('services', {
  'a Service gets an address, families and policies': async t => {
    const { spec, status } = await t.create('services', service('a'));
    assert.match(spec.clusterIP, /^10\.96\.\d+\.\d+$/);
    const { clusterIP, clusterIPs, ...rest } = spec;
    assert.deepEqual(clusterIPs, [clusterIP]);
    assert.deepEqual(rest, {
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      selector: { app: 'a' },
      sessionAffinity: 'None',
      type: 'ClusterIP',
    });
    assert.deepEqual(status, { loadBalancer: {} });
  },

  'a headless Service has no address': async t => {
    const selecting = await t.create(
      'services',
      service('a', { clusterIP: 'None' }),
    );
    assert.deepEqual(selecting.spec.clusterIPs, ['None']);
    assert.equal(selecting.spec.ipFamilyPolicy, 'SingleStack');
    const open = await t.create(
      'services',
      service('b', { clusterIP: 'None', selector: undefined }),
    );
    assert.equal(open.spec.ipFamilyPolicy, 'RequireDualStack');
    assert.deepEqual(open.spec.ipFamilies, ['IPv4', 'IPv6']);
  },

  'an ExternalName has a name and nothing else': async t => {
    const { spec } = await t.create(
      'services',
      service('a', {
        type: 'ExternalName',
        externalName: 'db.example.com',
        selector: undefined,
        ports: undefined,
      }),
    );
    assert.deepEqual(spec, {
      externalName: 'db.example.com',
      sessionAffinity: 'None',
      type: 'ExternalName',
    });
    refused(
      await post(t, service('b', { type: 'ExternalName' })),
      'spec.externalName',
      'Required value',
    );
  },

  'an address that is taken or foreign is refused': async t => {
    const { spec } = await t.create('services', service('a'));
    assertFailure(await post(t, service('b', { clusterIP: spec.clusterIP })), {
      code: 422,
      reason: 'Invalid',
      message: `Service "b" is invalid: spec.clusterIPs: Invalid value: ["${spec.clusterIP}"]: failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`,
      details: {
        name: 'b',
        kind: 'Service',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: ["${spec.clusterIP}"]: failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`,
            field: 'spec.clusterIPs',
          },
        ],
      },
    });
    // An address that was given back can be had again.
    await t.remove('services', 'a');
    await t.create('services', service('b', { clusterIP: spec.clusterIP }));
  },

  'an address may not change': async t => {
    await t.create('services', service('a'));
    refused(
      await patch(t, 'a', { clusterIP: '10.96.255.253' }),
      'spec.clusterIPs[0]',
      'Invalid value: ["10.96.255.253"]: may not change once set',
    );
    refused(
      await patch(t, 'a', { clusterIP: 'None' }),
      'spec.clusterIPs[0]',
      'Invalid value: ["None"]: may not change once set',
    );
  },

  'node ports are given, kept, and released': async t => {
    const created = await t.create(
      'services',
      service('a', { type: 'NodePort' }),
    );
    const [nodePort] = nodePorts(created);
    assert.ok(nodePort >= 30000 && nodePort <= 32767);
    assert.equal(created.spec.externalTrafficPolicy, 'Cluster');
    refused(
      await post(
        t,
        service('b', { type: 'NodePort', ports: [{ port: 80, nodePort }] }),
      ),
      'spec.ports[0].nodePort',
      `Invalid value: ${nodePort}: provided port is already allocated`,
    );
    // A PUT of the manifest keeps what the server added.
    const kept = await t.ok(t.path('services', 'a'), {
      method: 'PUT',
      body: service('a', { type: 'NodePort', ports: [{ port: 81 }] }),
    });
    assert.deepEqual(nodePorts(kept), [nodePort]);
    assert.equal(kept.spec.clusterIP, created.spec.clusterIP);
    const internal = await t.merge('services', 'a', {
      spec: { type: 'ClusterIP' },
    });
    assert.deepEqual(internal.spec.ports, [
      { port: 81, protocol: 'TCP', targetPort: 81 },
    ]);
    assert.equal(internal.spec.externalTrafficPolicy, undefined);
    const again = await t.create(
      'services',
      service('b', { type: 'NodePort', ports: [{ port: 80, nodePort }] }),
    );
    assert.deepEqual(nodePorts(again), [nodePort]);
  },

  'a node port out of range is refused': async t => {
    refused(
      await post(
        t,
        service('a', { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
      ),
      'spec.ports[0].nodePort',
      'Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
  },

  'a ClusterIP has no node ports': async t => {
    refused(
      await post(t, service('a', { ports: [{ port: 80, nodePort: 30999 }] })),
      'spec.ports[0].nodePort',
      "Forbidden: may not be used when `type` is 'ClusterIP'",
    );
  },

  'TCP and UDP of one port share their node port': async t => {
    const ports = [
      { name: 'tcp', port: 53, protocol: 'TCP' },
      { name: 'udp', port: 53, protocol: 'UDP' },
      { name: 'web', port: 80 },
    ];
    const created = await t.create(
      'services',
      service('a', { type: 'NodePort', ports }),
    );
    const [tcp, udp, web] = nodePorts(created);
    assert.equal(tcp, udp);
    assert.notEqual(tcp, web);
  },

  'a new port is given a node port, and one that goes gives it back':
    async t => {
      const web = { name: 'web', port: 80 };
      const metrics = { name: 'metrics', port: 9090 };
      const created = await t.create(
        'services',
        service('a', { type: 'NodePort', ports: [web] }),
      );
      const [first] = nodePorts(created);
      const put = (ports: object[]) =>
        t.ok(t.path('services', 'a'), {
          method: 'PUT',
          body: service('a', { type: 'NodePort', ports }),
        });
      const [kept, added] = nodePorts(await put([web, metrics]));
      assert.equal(kept, first);
      assert.ok(added >= 30000 && added !== first);
      assert.deepEqual(nodePorts(await put([metrics])), [added]);
    },

  'ports need names, and may not repeat': async t => {
    const response = await post(
      t,
      service('a', { ports: [{ port: 80 }, { port: 81 }] }),
    );
    assert.deepEqual(
      response.body.details.causes.map((it: any) => it.field),
      ['spec.ports[0].name', 'spec.ports[1].name'],
    );
    refused(
      await post(
        t,
        service('a', {
          ports: [
            { name: 'a', port: 80 },
            { name: 'b', port: 80 },
          ],
        }),
      ),
      'spec.ports[1]',
      'Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    );
    refused(
      await post(t, service('a', { ports: [] })),
      'spec.ports',
      'Required value',
    );
  },

  'a type that is none is refused': async t => {
    const response = await post(t, service('a', { type: 'Nodeport' }));
    assert.equal(response.status, 422);
    assert.ok(
      response.body.details.causes.some(
        (it: any) =>
          it.field === 'spec.type' &&
          it.message ===
            'Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ),
      response.text,
    );
  },

  'a local load balancer has a port for health checks': async t => {
    const created = await t.create(
      'services',
      service('a', {
        type: 'LoadBalancer',
        loadBalancerClass: 'example.com/none',
        externalTrafficPolicy: 'Local',
      }),
    );
    const { healthCheckNodePort } = created.spec;
    assert.ok(healthCheckNodePort >= 30000);
    assert.notEqual(healthCheckNodePort, nodePorts(created)[0]);
    const cluster = await t.merge('services', 'a', {
      spec: { externalTrafficPolicy: 'Cluster' },
    });
    assert.equal(cluster.spec.healthCheckNodePort, undefined);
    assert.deepEqual(nodePorts(cluster), nodePorts(created));
    refused(
      await patch(t, 'a', { healthCheckNodePort: 31999 }),
      'spec.healthCheckNodePort',
      "Invalid value: 31999: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    );
  },

  'a load balancer may do without node ports': async t => {
    const created = await t.create(
      'services',
      service('a', {
        type: 'LoadBalancer',
        loadBalancerClass: 'example.com/none',
        allocateLoadBalancerNodePorts: false,
      }),
    );
    assert.deepEqual(nodePorts(created), [undefined]);
    refused(
      await patch(t, 'a', { loadBalancerClass: 'example.com/other' }),
      'spec.loadBalancerClass',
      'Invalid value: "example.com/other": may not change once set',
    );
    const internal = await t.merge('services', 'a', {
      spec: { type: 'ClusterIP' },
    });
    assert.equal(internal.spec.allocateLoadBalancerNodePorts, undefined);
    assert.equal(internal.spec.loadBalancerClass, undefined);
  },

  'an ExternalName becomes a ClusterIP and back': async t => {
    const named = { type: 'ExternalName', externalName: 'db.example.com' };
    await t.create('services', service('a', named));
    const { spec } = await t.merge('services', 'a', {
      spec: { type: 'ClusterIP', externalName: null },
    });
    assert.match(spec.clusterIP, /^10\.96\./);
    const back = await t.merge('services', 'a', { spec: named });
    assert.equal(back.spec.clusterIP, undefined);
    assert.equal(back.spec.clusterIPs, undefined);
    assert.equal(back.spec.ipFamilies, undefined);
    assert.equal(back.spec.internalTrafficPolicy, undefined);
  },

  'a sticky Service has a time': async t => {
    const { spec } = await t.create(
      'services',
      service('a', { sessionAffinity: 'ClientIP' }),
    );
    assert.deepEqual(spec.sessionAffinityConfig, {
      clientIP: { timeoutSeconds: 10800 },
    });
    const none = await t.merge('services', 'a', {
      spec: { sessionAffinity: 'None' },
    });
    assert.equal(none.spec.sessionAffinityConfig, undefined);
  },

  'only a load balancer has addresses in its status': async t => {
    await t.create('services', service('a'));
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } };
    const response = await t.client.request(t.path('services', 'a/status'), {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { status },
    });
    refused(
      response,
      'status.loadBalancer.ingress',
      "Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
    );
  },
});

const balancer = (spec: object = {}, metadata: object = {}) => {
  const object = service('a', { type: 'LoadBalancer', ...spec });
  return { ...object, metadata: { ...object.metadata, ...metadata } };
};

const isServed = (body: any) =>
  Boolean(body.status?.loadBalancer?.ingress?.length);

/** The load balancer of the simulated cloud, which runs beside the real controllers too. */
export const loadBalancerCases = area(
  'load balancer',
  {
    'a Service of that type gets an address from outside': async t => {
      const created = await t.create('services', balancer());
      assert.equal(created.spec.allocateLoadBalancerNodePorts, true);
      const { status, metadata } = await t.eventually({
        resource: 'services',
        name: 'a',
        what: 'having an address',
        is: isServed,
      });
      assert.deepEqual(metadata.finalizers, [FINALIZER]);
      const [entry] = status.loadBalancer.ingress;
      assert.match(entry.ip, /^203\.0\.113\.\d+$/);
      assert.equal(entry.ipMode, 'VIP');
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return (
          events[0] === 'Normal EnsuringLoadBalancer: Ensuring load balancer' &&
          events[1] === 'Normal EnsuredLoadBalancer: Ensured load balancer'
        );
      });
    },

    'two Services have two addresses': async t => {
      const addresses = ['a', 'b'].map(async name => {
        await t.create('services', service(name, { type: 'LoadBalancer' }));
        const { status } = await t.eventually({
          resource: 'services',
          name,
          what: 'having an address',
          is: isServed,
        });
        return status.loadBalancer.ingress[0].ip;
      });
      const [a, b] = await Promise.all(addresses);
      assert.notEqual(a, b);
    },

    'a Service of another class stays pending': async t => {
      await t.create(
        'services',
        balancer({ loadBalancerClass: 'example.com/none' }),
      );
      await t.create('services', service('b', { type: 'LoadBalancer' }));
      await t.eventually({
        resource: 'services',
        name: 'b',
        what: 'having an address',
        is: isServed,
      });
      const { status, metadata } = await t.read('services', 'a');
      assert.deepEqual(status, { loadBalancer: {} });
      assert.equal(metadata.finalizers, undefined);
    },

    'a pool without addresses leaves it pending and says so': async t => {
      const created = await t.create(
        'services',
        balancer(
          {},
          { annotations: { 'sandbox.koala.io/address-pool': 'empty' } },
        ),
      );
      await t.eventuallyTrue('the events', async () =>
        (
          await eventStory(t, created)
        ).includes(
          'Warning SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load balancer: no address left in pool "empty"',
        ),
      );
      const { status, metadata } = await t.read('services', 'a');
      assert.deepEqual(status, { loadBalancer: {} });
      assert.deepEqual(metadata.finalizers, [FINALIZER]);
    },

    'a deleted Service gives its address back first': async t => {
      const created = await t.create('services', balancer());
      await t.eventually({
        resource: 'services',
        name: 'a',
        what: 'having an address',
        is: isServed,
      });
      await t.remove('services', 'a');
      await t.gone('services', 'a');
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return [
          'DeletingLoadBalancer: Deleting load balancer',
          'DeletedLoadBalancer: Deleted load balancer',
        ].every(it => events.includes(`Normal ${it}`));
      });
    },

    'a Service that is no load balancer any more has no address': async t => {
      await t.create('services', balancer());
      await t.eventually({
        resource: 'services',
        name: 'a',
        what: 'having an address',
        is: isServed,
      });
      const changed = await t.merge('services', 'a', {
        spec: { type: 'NodePort' },
      });
      assert.deepEqual(changed.status, { loadBalancer: {} });
      assert.equal(changed.spec.allocateLoadBalancerNodePorts, undefined);
      await t.eventually({
        resource: 'services',
        name: 'a',
        what: 'let go',
        is: body => !body.metadata.finalizers,
      });
    },

    'an Ingress is served once its class exists': async t => {
      const name = t.namespace;
      const created = await t.create('ingresses', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'a' },
        spec: {
          ingressClassName: name,
          defaultBackend: { service: { name: 'a', port: { number: 80 } } },
        },
      });
      assert.deepEqual(created.status, { loadBalancer: {} });
      const classes = '/apis/networking.k8s.io/v1/ingressclasses';
      const { status, text } = await t.client.post(classes, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name },
        spec: { controller: 'example.com/ingress' },
      });
      assert.equal(status, 201, text);
      try {
        const served = await t.eventually({
          resource: 'ingresses',
          name: 'a',
          what: 'having an address',
          is: isServed,
        });
        assert.deepEqual(served.status.loadBalancer.ingress, [
          { ip: '203.0.113.2' },
        ]);
      } finally {
        await t.client.delete(`${classes}/${name}`);
      }
    },
  },
  { controllers: true },
);
