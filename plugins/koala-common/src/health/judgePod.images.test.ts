import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import { judgeRow, NOT_FOUND, PodRow } from '../__fixtures__/podRow';
import {
  IMAGE,
  rawPod,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from '../__fixtures__/rawPod';

const DENIED =
  'failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized';

const rows: PodRow[] = [
  {
    title: 'ErrImagePull inside the grace period',
    pod: waitingPod('ErrImagePull', NOT_FOUND),
    now: 12,
    status: 'progressing',
    code: 'ErrImagePull',
    says: 'tag `1.4.9` not found in registry.example.com/shop/checkout',
    since: 0,
    recheckAt: 30,
  },
  {
    title: 'ErrImagePull at the very end of the grace period',
    pod: waitingPod('ErrImagePull', NOT_FOUND),
    now: 30,
    status: 'degraded',
    code: 'ErrImagePull',
    nextStep: /Push the missing image/,
  },
  {
    title: 'ImagePullBackOff after the grace period',
    pod: waitingPod('ImagePullBackOff', NOT_FOUND),
    now: 31,
    status: 'degraded',
    code: 'ImagePullBackOff',
    says: /^tag `1\.4\.9` not found in registry\.example\.com\/shop\/checkout$/,
    since: 0,
    recheckAt: undefined,
  },
  {
    title: 'ImagePullBackOff with a longer grace period',
    pod: waitingPod('ImagePullBackOff', NOT_FOUND),
    now: 31,
    graceMs: 60_000,
    status: 'progressing',
    code: 'ImagePullBackOff',
    recheckAt: 60,
  },
  {
    title: 'ImagePullBackOff without any grace period',
    pod: waitingPod('ImagePullBackOff', NOT_FOUND),
    now: 0,
    graceMs: 0,
    status: 'degraded',
  },
  {
    title: 'ImagePullBackOff of a kubelet that does not name the cause',
    pod: waitingPod('ImagePullBackOff', `Back-off pulling image "${IMAGE}"`),
    now: 60,
    status: 'degraded',
    says: /^cannot pull registry\.example\.com\/shop\/checkout:1\.4\.9$/,
  },
  {
    title: 'manifest unknown, in the words of Docker',
    pod: waitingPod(
      'ErrImagePull',
      'Error response from daemon: manifest for registry.example.com/shop/checkout:1.4.9 not found: manifest unknown: manifest unknown',
    ),
    now: 60,
    status: 'degraded',
    says: 'tag `1.4.9` not found',
  },
  {
    title: 'the digest is not there',
    pod: rawPod({
      phase: 'Pending',
      containers: [
        {
          image: `ghcr.io/acme/cart@sha256:${'ab'.repeat(32)}`,
          state: waiting('ErrImagePull', 'manifest unknown'),
        },
      ],
    }),
    now: 60,
    status: 'degraded',
    says: 'digest `sha256:abababa…` not found in ghcr.io/acme/cart',
  },
  {
    title: 'an image without a tag',
    pod: rawPod({
      phase: 'Pending',
      containers: [
        { image: 'acme/cart', state: waiting('ErrImagePull', 'not found') },
      ],
    }),
    now: 60,
    status: 'degraded',
    says: 'tag `latest` not found in acme/cart',
  },
  {
    title: 'the registry refuses',
    pod: waitingPod('ErrImagePull', DENIED),
    now: 60,
    status: 'degraded',
    says: `the registry refuses ${IMAGE}`,
    nextStep: /imagePullSecrets/,
  },
  {
    title:
      'Docker Hub says of a private repository that it may not exist: a matter of access',
    pod: waitingPod(
      'ErrImagePull',
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
    now: 60,
    status: 'degraded',
    says: 'the registry refuses',
  },
  {
    title: 'the registry cannot be reached',
    pod: waitingPod(
      'ErrImagePull',
      `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": failed to do request: Head "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host`,
    ),
    now: 60,
    status: 'degraded',
    says: `cannot reach the registry of ${IMAGE}`,
    nextStep: /nodes can reach the registry/,
  },
  {
    title: 'InvalidImageName',
    pod: rawPod({
      phase: 'Pending',
      containers: [
        {
          image: 'Shop/Cart:::1',
          state: waiting('InvalidImageName', "couldn't parse image name"),
        },
      ],
    }),
    now: 60,
    status: 'degraded',
    code: 'InvalidImageName',
    says: '`Shop/Cart:::1` is not a valid image name',
  },
  {
    title: 'ErrImageNeverPull',
    pod: waitingPod('ErrImageNeverPull'),
    now: 60,
    status: 'degraded',
    says: `${IMAGE} is not on the node`,
  },
  {
    title: 'a very long text of the kubelet is cut, the image stays',
    pod: waitingPod('ErrImagePull', `strange ${'x'.repeat(5000)}`),
    now: 60,
    status: 'degraded',
    says: /^cannot pull registry\.example\.com\/shop\/checkout:1\.4\.9: strange x{200,}…$/,
  },
  {
    title: 'the image of a sidecar',
    pod: rawPod({
      containers: [
        SERVING,
        {
          name: 'proxy',
          image: 'envoyproxy/envoy:v9',
          state: waiting('ImagePullBackOff', 'not found'),
        },
      ],
    }),
    now: 60,
    status: 'degraded',
    says: 'tag `v9` not found in envoyproxy/envoy',
  },
  {
    title:
      'the grace period of an image begins when the init containers are done',
    pod: rawPod({
      phase: 'Pending',
      inits: [{ name: 'migrate', state: terminated(0, { from: 0, to: 100 }) }],
      containers: [{ state: waiting('ErrImagePull', NOT_FOUND) }],
    }),
    now: 110,
    status: 'progressing',
    since: 100,
    recheckAt: 130,
  },
  {
    title: 'the grace period of an image begins when its own last run ended',
    pod: rawPod({
      containers: [
        {
          restarts: 1,
          state: waiting('ErrImagePull', NOT_FOUND),
          lastState: terminated(1, { from: 1, to: 400 }),
        },
      ],
    }),
    now: 410,
    status: 'progressing',
    since: 400,
    recheckAt: 430,
  },
  {
    title:
      'init containers that ran after this one, before the pod was restarted, say nothing',
    pod: rawPod({
      phase: 'Pending',
      inits: [
        { name: 'a', state: waiting('ErrImagePull', NOT_FOUND) },
        { name: 'b', state: terminated(0, { from: 50, to: 100 }) },
      ],
      containers: [{ state: waiting('PodInitializing') }],
    }),
    now: 110,
    status: 'degraded',
    since: 0,
  },
  {
    title: 'the deadline ends before the grace period does',
    pod: waitingPod('ErrImagePull', NOT_FOUND),
    now: 5,
    deadlineMs: 10_000,
    status: 'progressing',
    recheckAt: 10,
  },
  {
    title: 'CreateContainerConfigError',
    pod: waitingPod('CreateContainerConfigError', 'secret "db" not found'),
    now: 60,
    status: 'degraded',
    code: 'CreateContainerConfigError',
    says: `container \`app\` of image ${IMAGE} cannot start: secret "db" not found`,
    nextStep: /ConfigMap or Secret/,
  },
  {
    title: 'CreateContainerConfigError inside the grace period',
    pod: waitingPod('CreateContainerConfigError', 'configmap "c" not found'),
    now: 10,
    status: 'progressing',
    code: 'CreateContainerConfigError',
    recheckAt: 30,
  },
  {
    title: 'CreateContainerError',
    pod: waitingPod('CreateContainerError', 'context deadline exceeded'),
    now: 60,
    status: 'degraded',
    code: 'CreateContainerError',
  },
  {
    title: 'RunContainerError',
    pod: waitingPod('RunContainerError', 'exec: "serve": not found'),
    now: 60,
    status: 'degraded',
    code: 'RunContainerError',
    says: IMAGE,
  },
  {
    title: 'a reason that Koala has never heard of',
    pod: waitingPod('PostStartHookError', 'hook failed'),
    now: 60,
    status: 'degraded',
    code: 'PostStartHookError',
    says: 'hook failed',
  },
  {
    title: 'StartError',
    pod: rawPod({
      containers: [
        {
          state: terminated(128, {
            reason: 'StartError',
            message: 'exec: "serve": executable file not found in $PATH',
          }),
        },
      ],
    }),
    now: 60,
    status: 'degraded',
    code: 'StartError',
    says: 'executable file not found',
  },
];

describe('judgePod: images and containers that cannot be created', () => {
  it.each(rows)('$title: $status', row => {
    expect(shown(judgeRow(row))).toMatchObject(expectedVerdict(row));
  });
});
