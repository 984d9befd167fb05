import { at } from '../__fixtures__/clock';
import { rawPod, running, terminated, waiting } from '../__fixtures__/rawPod';
import { projectObject } from './projectObject';

function rolesOf(raw: unknown): string[] {
  return projectObject('Pod', raw).containers.map(
    ({ name, role }) => `${name}: ${role}`,
  );
}

describe('containers of a pod', () => {
  it('takes the first regular container for the main one', () => {
    const raw = rawPod({ containers: [{ name: 'a' }, { name: 'b' }] });
    expect(rolesOf(raw)).toEqual(['a: main', 'b: sidecar']);
  });

  it('takes the one that the annotation names, and puts it first', () => {
    const raw = rawPod({
      annotations: { 'kubectl.kubernetes.io/default-container': 'b' },
      containers: [{ name: 'a' }, { name: 'b' }],
    });
    expect(rolesOf(raw)).toEqual(['b: main', 'a: sidecar']);
  });

  it('does not trust an annotation that names no container', () => {
    const raw = rawPod({
      annotations: { 'kubectl.kubernetes.io/default-container': 'gone' },
      containers: [{ name: 'a' }],
    });
    expect(rolesOf(raw)).toEqual(['a: main']);
  });

  it('tells native sidecars from init containers', () => {
    const raw = rawPod({
      containers: [{ name: 'app' }],
      inits: [
        { name: 'wait' },
        { name: 'proxy', restartPolicy: 'Always' },
        { name: 'migrate' },
      ],
    });
    expect(rolesOf(raw)).toEqual([
      'app: main',
      'wait: init',
      'proxy: sidecar',
      'migrate: init',
    ]);
  });

  it('joins each with its status by name, whatever the order', () => {
    const raw = rawPod({
      containers: [
        { name: 'app', restarts: 3, ready: true, started: true },
        { name: 'proxy', restarts: 1, image: 'envoy:1' },
      ],
    });
    raw.status.containerStatuses.reverse();
    const [app, proxy] = projectObject('Pod', raw).containers;
    expect(app).toMatchObject({ restarts: 3, ready: true, started: true });
    expect(proxy).toMatchObject({
      restarts: 1,
      ready: false,
      image: 'envoy:1',
    });
  });

  it('shows a container of which the kubelet has said nothing', () => {
    const raw = rawPod({ containers: [{ silent: true }] });
    expect(projectObject('Pod', raw).containers[0]).toMatchObject({
      ready: false,
      restarts: 0,
      state: undefined,
      imageId: undefined,
    });
  });

  it.each([
    [
      waiting('ErrImagePull', 'no'),
      { type: 'waiting', reason: 'ErrImagePull', message: 'no' },
    ],
    [running(4), { type: 'running', startedAt: at(4) }],
    [
      terminated(137, { reason: 'OOMKilled', from: 1, to: 9 }),
      {
        type: 'terminated',
        reason: 'OOMKilled',
        exitCode: 137,
        startedAt: at(1),
        finishedAt: at(9),
      },
    ],
    [{}, undefined],
    [{ running: null }, undefined],
    [{ waiting: {} }, { type: 'waiting' }],
    [{ running: { startedAt: 'now' } }, { type: 'running' }],
    [{ terminated: { exitCode: 'x' } }, { type: 'terminated', exitCode: 0 }],
  ])('reads the state %j', (state, expected) => {
    const pod = projectObject('Pod', rawPod({ containers: [{ state }] }));
    expect(pod.containers[0].state).toEqual(expected);
  });

  it('keeps start and end of a very long message', () => {
    const message = `first ${'-'.repeat(9000)} last`;
    const raw = rawPod({ containers: [{ state: waiting('X', message) }] });
    const [{ state }] = projectObject('Pod', raw).containers;
    expect(state).toMatchObject({
      message: expect.stringMatching(/^first -+ … -+ last$/),
    });
  });
});
