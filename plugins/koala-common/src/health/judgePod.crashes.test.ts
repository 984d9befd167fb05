import { at } from '../__fixtures__/clock';
import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import { judgeRow, PodRow } from '../__fixtures__/podRow';
import {
  IMAGE,
  rawPod,
  running,
  SERVING,
  terminated,
  waiting,
} from '../__fixtures__/rawPod';
import { projectObject } from '../projection/projectObject';
import { judgePod } from './judgePod';

/** A crash loop as the kubelet shows it at some moment; times in seconds after the start. */
function crashing(options: {
  restarts: number;
  from: number;
  to: number;
  state?: unknown;
  exitCode?: number;
  reason?: string;
  createdAt?: number;
  ready?: boolean;
}) {
  const {
    restarts,
    from,
    to,
    exitCode = 1,
    reason,
    createdAt,
    ready,
  } = options;
  return rawPod({
    createdAt,
    ready,
    containers: [
      {
        restarts,
        ready,
        state: options.state ?? waiting('CrashLoopBackOff', 'back-off 20s'),
        lastState: terminated(exitCode, { from, to, reason }),
      },
    ],
  });
}

const rows: PodRow[] = [
  {
    title: 'ended for the first time, a moment ago',
    pod: rawPod({
      containers: [{ state: terminated(1, { from: 2, to: 5 }) }],
    }),
    now: 6,
    status: 'progressing',
    code: 'Error',
    says: `container \`app\` ended with exit code 1, image ${IMAGE}`,
    since: 5,
    recheckAt: 35,
  },
  {
    title: 'ended with 127',
    pod: rawPod({
      containers: [{ state: terminated(127, { from: 2, to: 5 }) }],
    }),
    now: 60,
    status: 'degraded',
    nextStep: /command was not found/,
  },
  {
    title: 'OOMKilled',
    pod: rawPod({
      containers: [
        { state: terminated(137, { reason: 'OOMKilled', from: 2, to: 5 }) },
      ],
    }),
    now: 60,
    status: 'degraded',
    code: 'OOMKilled',
    says: 'killed for using more memory than its limit',
    nextStep: /memory limit/,
  },
  {
    title: 'second crash: CrashLoopBackOff inside the grace period',
    pod: crashing({ restarts: 1, from: 5, to: 8 }),
    now: 9,
    status: 'progressing',
    code: 'CrashLoopBackOff',
    since: 5,
    recheckAt: 35,
  },
  {
    title: 'CrashLoopBackOff after the grace period',
    pod: crashing({ restarts: 4, from: 80, to: 82 }),
    now: 90,
    status: 'degraded',
    code: 'CrashLoopBackOff',
    says: `container \`app\` keeps crashing: it ended with exit code 1 (4 restarts), image ${IMAGE}`,
    nextStep: /logs --previous/,
    since: 4,
  },
  {
    title: 'a new crash of an old loop does not begin the grace period again',
    pod: crashing({ restarts: 7, from: 700, to: 701 }),
    now: 701,
    status: 'degraded',
    code: 'CrashLoopBackOff',
  },
  {
    title: 'running again between two crashes is still a crash loop',
    pod: crashing({ restarts: 3, from: 40, to: 42, state: running(62) }),
    now: 65,
    status: 'degraded',
    code: 'CrashLoopBackOff',
    recheckAt: 642,
  },
  {
    title: 'running and ready between two crashes is still a crash loop',
    pod: crashing({
      restarts: 3,
      from: 40,
      to: 42,
      state: running(62),
      ready: true,
    }),
    now: 65,
    status: 'degraded',
    code: 'CrashLoopBackOff',
  },
  {
    title: 'terminated between two crashes is still a crash loop',
    pod: rawPod({
      containers: [
        {
          restarts: 3,
          state: terminated(1, { from: 62, to: 64 }),
          lastState: terminated(1, { from: 40, to: 42 }),
        },
      ],
    }),
    now: 65,
    status: 'degraded',
    code: 'CrashLoopBackOff',
  },
  {
    title: 'one restart is no loop: running again after it, not ready yet',
    pod: crashing({ restarts: 1, from: 1, to: 3, state: running(4) }),
    now: 60,
    status: 'progressing',
    code: 'NotReady',
  },
  {
    title: 'a loop is over when the container has run for ten minutes',
    pod: crashing({
      restarts: 6,
      from: 40,
      to: 42,
      state: running(62),
      ready: true,
    }),
    now: 643,
    status: 'healthy',
  },
  {
    title:
      'a crash after a long run is no loop, however many restarts there were in its life',
    pod: crashing({
      restarts: 50,
      from: -90_000,
      to: 10,
      state: running(11),
      createdAt: -900_000,
      ready: true,
    }),
    now: 60,
    status: 'healthy',
  },
  {
    title: 'a loop by lack of memory says so',
    pod: crashing({
      restarts: 5,
      from: 200,
      to: 203,
      exitCode: 137,
      reason: 'OOMKilled',
    }),
    now: 260,
    status: 'degraded',
    code: 'OOMKilled',
    says: '5 restarts',
  },
  {
    title: 'a process that ends well again and again crash-loops too',
    pod: crashing({ restarts: 5, from: 200, to: 203, exitCode: 0 }),
    now: 260,
    status: 'degraded',
    code: 'CrashLoopBackOff',
    says: 'exit code 0',
  },
  {
    title: 'a crash loop without any last state',
    pod: rawPod({
      containers: [{ restarts: 5, state: waiting('CrashLoopBackOff') }],
    }),
    now: 60,
    status: 'degraded',
    says: IMAGE,
  },
  {
    title: 'a loop never began before its pod',
    pod: crashing({ restarts: 40, from: 900, to: 901 }),
    now: 910,
    status: 'degraded',
    since: 0,
  },
  {
    title: 'a crash-looping sidecar beside a serving main container',
    pod: rawPod({
      containers: [
        SERVING,
        {
          name: 'proxy',
          image: 'envoyproxy/envoy:v1.30',
          restarts: 6,
          state: waiting('CrashLoopBackOff'),
          lastState: terminated(1, { from: 100, to: 101 }),
        },
      ],
    }),
    now: 200,
    status: 'degraded',
    says: 'sidecar `proxy` keeps crashing',
  },
];

describe('judgePod: crashes', () => {
  it.each(rows)('$title: $status', row => {
    expect(shown(judgeRow(row))).toMatchObject(expectedVerdict(row));
  });

  it('stays degraded through a crash loop, once it is, until it has run long enough', () => {
    // Runs of 15 s: crash, back-off, run, crash. What the kubelet shows at each step.
    const statuses: string[] = [];
    let start = 1;
    let backoff = 0;
    for (let restarts = 0; restarts < 9; restarts++) {
      const end = start + 15;
      const last = terminated(1, { from: start, to: end });
      const next = end + backoff;
      const steps = [
        { restarts, state: last },
        ...(backoff > 0
          ? [{ restarts, state: waiting('CrashLoopBackOff'), lastState: last }]
          : []),
        { restarts: restarts + 1, state: running(next), lastState: last },
      ];
      const moments = backoff > 0 ? [end, end + 1, next] : [end, next];
      steps.forEach((container, index) => {
        const pod = projectObject('Pod', rawPod({ containers: [container] }));
        statuses.push(judgePod({ pod, now: at(moments[index]) }).status);
      });
      start = next;
      backoff = backoff === 0 ? 10 : Math.min(backoff * 2, 300);
    }
    const first = statuses.indexOf('degraded');
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(10);
    expect(new Set(statuses.slice(first))).toEqual(new Set(['degraded']));
  });
});
