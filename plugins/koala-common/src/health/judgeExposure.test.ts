import { at, iso } from '../__fixtures__/clock';
import { rawEndpointSlice, rawService } from '../__fixtures__/rawExposure';
import { projectObject } from '../projection/projectObject';
import { countEndpoints, judgeExposure } from './judgeExposure';

interface Row {
  title: string;
  service?: unknown;
  slices?: unknown[];
  now?: number;
  idle?: boolean;
  pods?: number;
  status: string;
  code?: string;
  recheckAt?: number;
}

const rows: Row[] = [
  {
    title: 'leads to ready pods',
    slices: [rawEndpointSlice({ ready: 2 })],
    status: 'healthy',
  },
  {
    title: 'leads to one ready pod of three',
    slices: [rawEndpointSlice({ ready: 1, notReady: 2 })],
    status: 'healthy',
  },
  {
    title: 'none of its pods is ready',
    slices: [rawEndpointSlice({ notReady: 2 })],
    status: 'progressing',
    code: 'NoReadyEndpoints',
  },
  { title: 'selects no pod', status: 'degraded', code: 'NoEndpoints' },
  {
    title: 'has just been created, and its slices have not',
    now: 2,
    status: 'progressing',
    code: 'NoEndpoints',
    recheckAt: 30,
  },
  {
    title: 'its pods are all on their way out',
    slices: [rawEndpointSlice({ terminating: 2 })],
    status: 'degraded',
    code: 'NoEndpoints',
  },
  {
    title: 'its pods have no address yet',
    pods: 2,
    status: 'progressing',
    code: 'NoReadyEndpoints',
  },
  {
    title: 'the workload behind it is scaled to zero',
    idle: true,
    status: 'suspended',
    code: 'ScaledToZero',
  },
  {
    title: 'has no selector: its endpoints come from elsewhere',
    service: rawService({ spec: { selector: null } }),
    status: 'healthy',
  },
  {
    title: 'external name',
    service: rawService({
      spec: { type: 'ExternalName', externalName: 'db.example.com' },
    }),
    status: 'healthy',
  },
  {
    title: 'headless',
    service: rawService({ spec: { clusterIP: 'None' } }),
    slices: [rawEndpointSlice({ ready: 1 })],
    status: 'healthy',
  },
  {
    title: 'load balancer without an address',
    service: rawService({ spec: { type: 'LoadBalancer' } }),
    slices: [rawEndpointSlice({ ready: 1 })],
    status: 'progressing',
    code: 'LoadBalancerPending',
  },
  {
    title: 'load balancer with an address',
    service: rawService({
      spec: { type: 'LoadBalancer' },
      status: { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } },
    }),
    slices: [rawEndpointSlice({ ready: 1 })],
    status: 'healthy',
  },
  {
    title: 'being deleted',
    service: rawService({ metadata: { deletionTimestamp: iso(5) } }),
    status: 'progressing',
    code: 'BeingDeleted',
  },
];

describe('judgeExposure', () => {
  it.each(rows)('$title: $status', row => {
    const { slices = [], service = rawService() } = row;
    const verdict = judgeExposure({
      exposure: projectObject('Service', service),
      slices: slices.map(slice => projectObject('EndpointSlice', slice)),
      now: at(row.now ?? 60),
      idle: row.idle,
      pods: row.pods,
    });
    expect(verdict.status).toBe(row.status);
    expect(verdict.reasons[0]?.code).toBe(row.code);
    expect(verdict.recheckAt).toBe(
      row.recheckAt === undefined ? undefined : at(row.recheckAt),
    );
  });
});

describe('countEndpoints', () => {
  const count = (...slices: unknown[]) =>
    countEndpoints(slices.map(slice => projectObject('EndpointSlice', slice)));

  it('adds up the slices of one family', () => {
    expect(
      count(
        rawEndpointSlice({ ready: 100 }),
        rawEndpointSlice({ suffix: 'b', ready: 3, notReady: 1 }),
      ),
    ).toEqual({ ready: 103, selected: 104 });
  });

  it('counts a pod with addresses of two families once', () => {
    expect(
      count(
        rawEndpointSlice({ ready: 2, notReady: 1 }),
        rawEndpointSlice({
          suffix: 'six',
          addressType: 'IPv6',
          ready: 2,
          notReady: 1,
        }),
      ),
    ).toEqual({ ready: 2, selected: 3 });
  });

  it('counts nothing without slices', () => {
    expect(count()).toEqual({ ready: 0, selected: 0 });
  });
});
