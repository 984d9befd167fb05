import { workloadState } from '../__fixtures__/workloadState';
import { Status } from '../status/Status';
import { targetStateOf } from './targetStateOf';
import { WorkloadState } from './WorkloadState';

const NOW = 1_000_000;

function target(workloads: WorkloadState[], serviceName = 'cart') {
  return targetStateOf({
    target: 'eu',
    cluster: 'prod-eu',
    workloads,
    serviceName,
    now: NOW,
  });
}

describe('targetStateOf', () => {
  it.each<[Status[], Status]>([
    [['healthy'], 'healthy'],
    [['healthy', 'degraded', 'progressing'], 'degraded'],
    [['healthy', 'progressing'], 'progressing'],
    [['suspended', 'suspended'], 'suspended'],
    [['suspended', 'healthy'], 'healthy'],
    [['suspended', 'progressing'], 'progressing'],
  ])('workloads %j: %s', (statuses, status) => {
    const workloads = statuses.map((one, index) =>
      workloadState({ name: `w${index}`, status: one }),
    );
    expect(target(workloads).state.status).toBe(status);
  });

  it('is not deployed without workloads, and says nothing else', () => {
    expect(target([])).toEqual({
      state: { target: 'eu', cluster: 'prod-eu', status: 'not-deployed' },
    });
  });

  it('adds up the pods', () => {
    const { state } = target([
      workloadState({ ready: 1, desired: 2 }),
      workloadState({ name: 'worker', ready: 3, desired: 3 }),
    ]);
    expect(state).toMatchObject({ ready: 4, desired: 5 });
  });

  it.each<[Status, number | undefined]>([
    ['healthy', undefined],
    ['suspended', undefined],
    ['progressing', 1],
    ['degraded', 1],
  ])('%s: updated pods %s', (status, updated) => {
    const { state } = target([workloadState({ status, updated: 1 })]);
    expect(state.updated).toBe(updated);
  });

  it('gives the reason of a workload that is worst, the oldest trouble first', () => {
    const { state } = target([
      workloadState({ name: 'a', status: 'progressing', since: 1 }),
      workloadState({ name: 'b', status: 'degraded', since: 9 }),
      workloadState({ name: 'c', status: 'degraded', since: 5 }),
    ]);
    expect(state.reason?.message).toBe('c is degraded');
    expect(state.since).toBe(5);
  });

  it('gives no reason while it is healthy', () => {
    const { state } = target([
      workloadState(),
      workloadState({ name: 'old', status: 'suspended' }),
    ]);
    expect(state.reason).toBeUndefined();
  });

  it('is healthy since the last workload is', () => {
    const { state } = target([
      workloadState({ since: 5 }),
      workloadState({ name: 'b', since: 9 }),
    ]);
    expect(state.since).toBe(9);
  });

  it('takes the release of the workload that is named like the service', () => {
    const { state } = target([
      workloadState({ name: 'a', version: '1', desired: 9 }),
      workloadState({ name: 'cart', version: '2' }),
    ]);
    expect(state.release?.version).toBe('2');
  });

  it('takes the larger of two that are named like the service', () => {
    const small = workloadState({ namespace: 'a', version: '1', desired: 1 });
    const large = workloadState({ namespace: 'b', version: '2', desired: 4 });
    expect(target([small, large]).state.release?.version).toBe('2');
    expect(target([large, small]).state.release?.version).toBe('2');
  });

  it('takes the first by name where none is named like the service', () => {
    const a = workloadState({ name: 'cart-api', version: '1', desired: 1 });
    const b = workloadState({ name: 'cart-worker', version: '2', desired: 9 });
    expect(target([b, a]).state.release?.version).toBe('1');
    expect(target([a, b]).state.release?.version).toBe('1');
  });

  it('is worked out again at the first moment that any workload names', () => {
    expect(
      target([
        workloadState({ recheckAt: NOW + 9 }),
        workloadState({ name: 'b', recheckAt: NOW + 5 }),
        workloadState({ name: 'c' }),
      ]).recheckAt,
    ).toBe(NOW + 5);
    expect(target([workloadState()]).recheckAt).toBeUndefined();
  });

  describe('with Jobs', () => {
    const serving = workloadState({ name: 'web', version: '2.0.0' });
    const job = workloadState({
      kind: 'Job',
      name: 'migrate',
      version: '9.9.9',
      ready: 0,
      desired: 1,
    });
    const cronJob = workloadState({
      kind: 'CronJob',
      name: 'nightly',
      version: '3.0.0',
      ready: 0,
      desired: 0,
    });
    const of = (workloads: WorkloadState[], type?: string) =>
      targetStateOf({
        target: 'eu',
        cluster: 'eu',
        workloads,
        serviceName: 'cart',
        serviceType: type,
        now: 0,
      }).state;

    it('takes the release from what serves, then from a CronJob', () => {
      expect(of([job, cronJob, serving]).release?.version).toBe('2.0.0');
      expect(of([job, cronJob]).release?.version).toBe('3.0.0');
      expect(of([{ ...serving, kind: 'DaemonSet' }, cronJob]).release).toEqual(
        serving.release,
      );
    });

    it('takes none from a Job that only carries the label', () => {
      expect(of([job]).release).toBeUndefined();
      expect(of([{ ...job, name: 'cart' }]).release?.version).toBe('9.9.9');
      expect(of([job], 'job').release?.version).toBe('9.9.9');
    });

    it('prefers the one that is called like the service, whatever its kind', () => {
      expect(of([serving, { ...cronJob, name: 'cart' }]).release?.version).toBe(
        '3.0.0',
      );
    });

    it('counts no completions as pods', () => {
      expect(of([serving, job])).toMatchObject({ ready: 2, desired: 2 });
      expect(of([job, cronJob]).ready).toBeUndefined();
      expect(of([job, cronJob]).desired).toBeUndefined();
    });
  });
});
