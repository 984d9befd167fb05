import { Pod, PodSpec, PodStatus } from '../client';
import { SimulatedPod } from './SimulatedPod';

const START = Date.parse('2026-01-01T00:00:00Z');

function podOf(spec: PodSpec, status?: PodStatus): Pod {
  return {
    metadata: {
      name: 'cart-1',
      namespace: 'shop',
      uid: 'u-1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec,
    status,
  };
}

function containers(...images: string[]): PodSpec {
  return {
    containers: images.map((image, index) => ({ name: `c${index}`, image })),
  };
}

/** Runs a pod on a clock of its own, from event to event. */
class Run {
  readonly said: string[] = [];
  readonly simulated: SimulatedPod;
  now: number;

  constructor(
    readonly pod: Pod,
    options: { speed?: number; now?: number } = {},
  ) {
    this.now = options.now ?? START;
    this.simulated = new SimulatedPod({
      pod,
      hostIP: '10.0.0.1',
      podIP: '10.1.0.1',
      images: new Set(),
      speed: options.speed ?? 1,
      now: this.now,
    });
    this.tick();
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): PodStatus {
    const end = this.now + seconds * 1000;
    for (;;) {
      const next = this.simulated.nextAt(this.now);
      const isOver = this.simulated.hasEnded();
      if (next === undefined || next > end || isOver) {
        break;
      }
      this.now = Math.max(this.now, next);
      this.tick();
    }
    this.now = end;
    return this.simulated.status(end);
  }

  private tick(): void {
    this.simulated
      .advance(this.now)
      .forEach(event => this.said.push(`${event.type} ${event.reason}`));
  }
}

const conditions = (status: PodStatus) =>
  Object.fromEntries(
    (status.conditions ?? []).map(({ type, status: is }) => [type, is]),
  );

describe('SimulatedPod', () => {
  it('gets from creation to ready as a kubelet reports it', () => {
    const run = new Run(podOf(containers('shop/cart:1')));
    expect(run.pass(0)).toMatchObject({
      phase: 'Pending',
      startTime: '2026-01-01T00:00:00Z',
      hostIP: '10.0.0.1',
      containerStatuses: [
        {
          ready: false,
          started: false,
          imageID: '',
          state: { waiting: { reason: 'ContainerCreating' } },
        },
      ],
    });
    const ready = run.pass(3);
    expect(conditions(ready)).toEqual({
      PodReadyToStartContainers: 'True',
      Initialized: 'True',
      Ready: 'True',
      ContainersReady: 'True',
      PodScheduled: 'True',
    });
    expect(ready).toMatchObject({
      phase: 'Running',
      podIP: '10.1.0.1',
      containerStatuses: [
        {
          ready: true,
          started: true,
          restartCount: 0,
          image: 'docker.io/shop/cart:1',
          imageID: expect.stringMatching(/^docker.io\/shop\/cart@sha256:/),
          containerID: expect.stringMatching(/^containerd:\/\//),
        },
      ],
    });
    expect(run.said).toEqual([
      'Normal Pulling',
      'Normal Pulled',
      'Normal Created',
      'Normal Started',
    ]);
    expect(run.simulated.nextAt(run.now)).toBeUndefined();
  });

  it('does not touch the times of conditions that stay', () => {
    const run = new Run(podOf(containers('cart:1')));
    const first = run.pass(5);
    const second = run.pass(60);
    expect(second).toEqual(first);
  });

  it('crashes, and waits twice as long each time', () => {
    const run = new Run(podOf(containers('cart:1-crash')));
    const seen: string[] = [];
    for (let second = 0; second < 120; second += 1) {
      const [container] = run.pass(1).containerStatuses ?? [];
      const message = container.state?.waiting?.message;
      if (message && !seen.includes(message)) {
        seen.push(message);
      }
      expect(container.ready).toBe(false);
    }
    expect(seen).toEqual(
      ['10s', '20s', '40s', '1m20s'].map(
        pause =>
          `back-off ${pause} restarting failed container=c0 pod=cart-1_shop(u-1)`,
      ),
    );
    const [container] = run.pass(0).containerStatuses ?? [];
    expect(container).toMatchObject({
      restartCount: 4,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    });
    expect(run.pass(0).phase).toBe('Running');
    expect(run.said).toContain('Warning BackOff');
  });

  it('is killed for its memory', () => {
    const run = new Run(podOf(containers('cart:1-oom')));
    const [container] = run.pass(8).containerStatuses ?? [];
    expect(container).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    });
  });

  it('cannot pull, rests, and tries again', () => {
    const run = new Run(
      podOf(containers('registry.example.com/cart:9-missing')),
    );
    const states = [1.2, 2, 8, 2].map(
      seconds => run.pass(seconds).containerStatuses?.[0].state?.waiting ?? {},
    );
    expect(states[0]).toEqual({
      reason: 'ErrImagePull',
      message:
        'rpc error: code = NotFound desc = failed to pull and unpack image "registry.example.com/cart:9-missing": failed to resolve reference "registry.example.com/cart:9-missing": registry.example.com/cart:9-missing: not found',
    });
    expect(states[1].reason).toBe('ImagePullBackOff');
    expect(states[1].message).toMatch(
      /^Back-off pulling image "registry.example.com\/cart:9-missing": ErrImagePull: rpc error/,
    );
    expect(run.pass(0).phase).toBe('Pending');
    expect(run.said.filter(said => said === 'Normal Pulling')).toHaveLength(2);
  });

  it('goes on to say why while it tries again', () => {
    const run = new Run(
      podOf(containers('registry.example.com/cart:9-missing')),
    );
    run.pass(2);
    const reasons = Array.from(
      { length: 400 },
      () => run.pass(0.1).containerStatuses?.[0].state?.waiting?.reason,
    );
    expect(run.said.filter(said => said === 'Normal Pulling').length).toBe(3);
    expect([...new Set(reasons)].sort()).toEqual([
      'ErrImagePull',
      'ImagePullBackOff',
    ]);
  });

  it('runs, but never gets ready', () => {
    const run = new Run(podOf(containers('cart:1-never-ready', 'sidecar:1')));
    const status = run.pass(60);
    expect(status.phase).toBe('Running');
    expect(status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [c0]',
      }),
    );
    expect(run.said).toContain('Warning Unhealthy');
  });

  it('starts init containers and sidecars in order', () => {
    const run = new Run(
      podOf({
        ...containers('cart:1'),
        initContainers: [
          { name: 'migrate', image: 'migrate:1' },
          { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
        ],
      }),
    );
    expect(run.pass(0.1)).toMatchObject({
      initContainerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
      containerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
    });
    expect(run.pass(0).conditions).toContainEqual(
      expect.objectContaining({
        type: 'Initialized',
        status: 'False',
        message: 'containers with incomplete status: [migrate proxy]',
      }),
    );
    const done = run.pass(10);
    expect(done).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [
        { ready: true, state: { terminated: { reason: 'Completed' } } },
        { ready: true, started: true },
      ],
      containerStatuses: [{ ready: true }],
    });
  });

  it('is held back by an init container that crashes', () => {
    const run = new Run(
      podOf({
        ...containers('cart:1'),
        initContainers: [{ name: 'migrate', image: 'migrate:1-crash' }],
      }),
    );
    expect(run.pass(9)).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
      containerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
    });
  });

  it.each([
    ['OnFailure', 'job:1', 'Succeeded'],
    ['Never', 'job:1', 'Succeeded'],
    ['Never', 'job:1-crash', 'Failed'],
  ])(
    'ends with restart policy %s and %s: %s',
    (restartPolicy, image, phase) => {
      const run = new Run(podOf({ ...containers(image), restartPolicy }));
      expect(run.pass(10).phase).toBe(phase);
      expect(run.simulated.nextAt(run.now)).toBeUndefined();
    },
  );

  it('goes on where a kubelet before it stopped', () => {
    const before = new Run(podOf(containers('cart:1-crash')));
    const status = before.pass(9);
    expect(status.containerStatuses?.[0].state?.waiting?.reason).toBe(
      'CrashLoopBackOff',
    );
    const after = new Run(podOf(containers('cart:1-crash'), status), {
      now: before.now,
    });
    expect(after.pass(0)).toEqual(status);
    const restarts = [after, before].map(
      run => run.pass(40).containerStatuses?.[0].restartCount,
    );
    expect(restarts).toEqual([3, 3]);
  });

  it('replaces a container whose image was changed in the pod', () => {
    const run = new Run(podOf(containers('cart:1')));
    run.pass(5);
    const said = run.simulated
      .update(podOf(containers('cart:2')), run.now)
      .map(({ reason }) => reason);
    expect(said).toEqual(['Killing', 'Pulling']);
    expect(run.pass(5).containerStatuses?.[0]).toMatchObject({
      image: 'docker.io/library/cart:2',
      restartCount: 1,
      ready: true,
    });
  });

  it('ends soon after it was told to', () => {
    const run = new Run(podOf(containers('cart:1')));
    run.pass(5);
    const pod = podOf(containers('cart:1'));
    pod.metadata.deletionTimestamp = '2026-01-01T00:00:35Z';
    pod.metadata.deletionGracePeriodSeconds = 30;
    const said = run.simulated
      .update(pod, run.now)
      .map(({ message }) => message);
    expect(said).toEqual(['Stopping container c0']);
    expect(run.simulated.hasEnded()).toBe(false);
    run.pass(1);
    expect(run.simulated.hasEnded()).toBe(true);
  });

  it('lets everything happen faster at a higher speed, and names the same pauses', () => {
    const run = new Run(podOf(containers('cart:1-crash')), { speed: 100 });
    const seen = new Set<string>();
    for (let step = 0; step < 100; step += 1) {
      const { message } =
        run.pass(0.02).containerStatuses?.[0].state?.waiting ?? {};
      seen.add(message?.split(' ')[1] ?? '');
    }
    expect([...seen]).toEqual(expect.arrayContaining(['10s', '20s', '1m20s']));
  });

  it('is killed by a liveness probe that fails too often', () => {
    const livenessProbe = {
      tcpSocket: { port: 5432 },
      periodSeconds: 5,
      failureThreshold: 3,
    };
    const run = new Run(
      podOf({
        containers: [{ name: 'db', image: 'db:1-hangs', livenessProbe }],
      }),
    );
    const status = run.pass(20);
    expect(status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    });
    expect(run.said).toEqual([
      'Normal Pulling',
      'Normal Pulled',
      'Normal Created',
      'Normal Started',
      'Warning Unhealthy',
      'Warning Unhealthy',
      'Warning Unhealthy',
      'Normal Killing',
      'Normal Pulled',
      'Normal Created',
      'Normal Started',
    ]);
  });

  it('is not started before its startup probe says so', () => {
    const startupProbe = { periodSeconds: 1, failureThreshold: 30 };
    const run = new Run(
      podOf({
        containers: [{ name: 'c', image: 'cart:1-slow', startupProbe }],
      }),
    );
    const early = run.pass(5).containerStatuses?.[0];
    expect([early?.started, early?.ready]).toEqual([false, false]);
    const late = run.pass(5).containerStatuses?.[0];
    expect([late?.started, late?.ready]).toEqual([true, true]);
  });

  it('crashes less and less often, and anew after ten sound minutes', () => {
    const run = new Run(podOf(containers('cart:1-runs-11m-crash')));
    const status = run.pass(3 * 665);
    expect(status.containerStatuses?.[0].restartCount).toBe(3);
    expect(run.said).not.toContain('Warning BackOff');
  });

  it('stops its sidecars after the rest, the last one first', () => {
    const run = new Run(
      podOf({
        ...containers('import:1'),
        restartPolicy: 'Never',
        initContainers: [
          { name: 'one', image: 'proxy:1', restartPolicy: 'Always' },
          { name: 'two', image: 'proxy:1', restartPolicy: 'Always' },
        ],
      }),
    );
    const ends = new Map<string, number>();
    const phases = new Set<string>();
    let phase: string | undefined;
    for (let tenth = 0; tenth < 100; tenth += 1) {
      const status = run.pass(0.1);
      const all = [
        ...(status.initContainerStatuses ?? []),
        ...(status.containerStatuses ?? []),
      ];
      all
        .filter(({ name, state }) => state?.terminated && !ends.has(name))
        .forEach(({ name }) => ends.set(name, tenth));
      phase = status.phase;
      phases.add(`${ends.size} ended: ${phase}`);
    }
    expect([...ends.keys()]).toEqual(['c0', 'two', 'one']);
    expect([...phases]).toEqual([
      '0 ended: Pending',
      '0 ended: Running',
      '1 ended: Running',
      '2 ended: Running',
      '3 ended: Succeeded',
    ]);
    expect(phase).toBe('Succeeded');
    expect(
      run.pass(0).initContainerStatuses?.[0].state?.terminated,
    ).toMatchObject({ exitCode: 143 });
  });

  it.each([
    ['cart:1', 1, 143],
    ['cart:1-stubborn', 30, 137],
  ])('ends %s within %d seconds with %d', (image, seconds, exitCode) => {
    const run = new Run(podOf(containers(image)));
    run.pass(5);
    const pod = podOf(containers(image));
    pod.metadata.deletionTimestamp = '2026-01-01T00:00:35Z';
    pod.metadata.deletionGracePeriodSeconds = 30;
    run.simulated.update(pod, run.now);
    run.pass(seconds - 1);
    expect(run.simulated.hasEnded()).toBe(false);
    const status = run.pass(1);
    expect(run.simulated.hasEnded()).toBe(true);
    expect(status.phase).toBe('Failed');
    expect(status.containerStatuses?.[0].state?.terminated?.exitCode).toBe(
      exitCode,
    );
  });

  it('waits for what it refers to', () => {
    const run = new Run(podOf(containers('cart:1')));
    const message = 'configmap "settings" not found';
    const missing = { volumes: [], containers: new Map([['c0', message]]) };
    run.simulated.setProblems(missing, run.now);
    expect(run.pass(3).containerStatuses?.[0].state?.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message,
    });
    run.simulated.setProblems({ volumes: [], containers: new Map() }, run.now);
    expect(run.pass(3).phase).toBe('Running');
  });

  it('fails past its deadline, once nothing of it runs', () => {
    const run = new Run(
      podOf({ ...containers('cart:1'), activeDeadlineSeconds: 30 }),
    );
    expect(run.pass(29).phase).toBe('Running');
    expect(run.pass(3)).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      containerStatuses: [{ state: { terminated: { exitCode: 137 } } }],
    });
  });
});
