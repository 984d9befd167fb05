import { Pod, Service } from '../../client';
import { desiredSlices, sliceLabels } from './desiredSlices';

const service: Service = {
  metadata: { name: 'cart', namespace: 'shop', labels: { team: 'core' } },
  spec: {
    clusterIP: '10.0.0.1',
    selector: { app: 'cart' },
    ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }],
  },
};

function pod(
  name: string,
  options: {
    ready?: boolean;
    ip?: string;
    port?: number;
    deleting?: boolean;
    phase?: string;
    app?: string;
  } = {},
): Pod {
  const {
    ready = true,
    ip = '10.1.0.1',
    port = 8080,
    deleting,
    phase = 'Running',
    app = 'cart',
  } = options;
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      labels: { app },
      ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'c',
          image: 'c',
          ports: [{ name: 'web', containerPort: port }],
        },
      ],
    },
    status: {
      phase,
      podIP: ip || undefined,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

const slices = (pods: Pod[], of = service) =>
  desiredSlices({
    service: of,
    pods,
    nodes: name => ({
      metadata: { name, labels: { 'topology.kubernetes.io/zone': 'z1' } },
    }),
  });

describe('desiredSlices', () => {
  it('says where each selected pod is, and whether it is ready', () => {
    expect(
      slices([
        pod('a'),
        pod('b', { ready: false }),
        pod('c', { deleting: true }),
        pod('no-address', { ip: '' }),
        pod('done', { phase: 'Succeeded' }),
        pod('other', { app: 'ledger' }),
      ]),
    ).toEqual([
      {
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        endpoints: [
          {
            addresses: ['10.1.0.1'],
            conditions: { ready: true, serving: true, terminating: false },
            nodeName: 'node-1',
            targetRef: { kind: 'Pod', namespace: 'shop', name: 'a', uid: 'a' },
            zone: 'z1',
          },
          expect.objectContaining({
            conditions: { ready: false, serving: false, terminating: false },
          }),
          expect.objectContaining({
            conditions: { ready: false, serving: true, terminating: true },
          }),
        ],
      },
    ]);
  });

  it('keeps an empty slice for a service without pods, and none without selector', () => {
    expect(slices([])).toEqual([{ ports: [], endpoints: [] }]);
    expect(
      slices([pod('a')], {
        ...service,
        spec: { ...service.spec, selector: undefined },
      }),
    ).toEqual([]);
  });

  it('splits by port and by a hundred endpoints', () => {
    const many = Array.from({ length: 101 }, (_, index) => pod(`p${index}`));
    expect(
      slices([...many, pod('x', { port: 9090 })]).map(
        ({ endpoints }) => endpoints?.length,
      ),
    ).toEqual([100, 1, 1]);
  });
});

describe('sliceLabels', () => {
  it('ties the slice to its service', () => {
    expect(
      sliceLabels({ ...service, spec: { ...service.spec, clusterIP: 'None' } }),
    ).toEqual({
      team: 'core',
      'service.kubernetes.io/headless': '',
      'endpointslice.kubernetes.io/managed-by':
        'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': 'cart',
    });
  });
});
