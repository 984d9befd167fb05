import { Container, Probe } from '../client';

/** Which of a container's probes. */
export type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

const DEFAULT_PERIOD_SECONDS = 10;
const DEFAULT_THRESHOLD = 3;

export function probeOf(
  container: Container,
  kind: ProbeKind,
): Probe | undefined {
  return {
    Startup: container.startupProbe,
    Readiness: container.readinessProbe,
    Liveness: container.livenessProbe,
  }[kind];
}

/** Milliseconds from the start of a container to a probe's first try. */
export function firstTryMs(probe: Probe | undefined): number {
  return (probe?.initialDelaySeconds ?? 0) * 1000;
}

export function periodMs(probe: Probe | undefined): number {
  return (probe?.periodSeconds || DEFAULT_PERIOD_SECONDS) * 1000;
}

/** Failures in a row after which a probe counts as failed. */
export function thresholdOf(probe: Probe | undefined): number {
  return probe?.failureThreshold || DEFAULT_THRESHOLD;
}

function portOf(port: number | string, container: Container): number | string {
  return typeof port === 'number'
    ? port
    : container.ports?.find(({ name }) => name === port)?.containerPort ?? port;
}

/** What the kubelet says of a probe that fails: `hangs` where nobody answers, else the answer is bad. */
export function probeFailure(options: {
  container: Container;
  kind: ProbeKind;
  podIP: string;
  hangs: boolean;
}): string {
  const { container, kind, podIP, hangs } = options;
  const { httpGet, tcpSocket, grpc, exec } = probeOf(container, kind) ?? {};
  const why = () => {
    if (tcpSocket) {
      const port = portOf(tcpSocket.port, container);
      return `dial tcp ${podIP}:${port}: ${
        hangs ? 'i/o timeout' : 'connect: connection refused'
      }`;
    }
    if (grpc) {
      return hangs
        ? `timeout: failed to connect service "${podIP}:${grpc.port}" within 1s: context deadline exceeded`
        : 'service unhealthy (responded with "NOT_SERVING")';
    }
    if (exec) {
      const command = (exec.command ?? []).join(' ');
      return hangs ? `command timed out: "${command}" timed out after 1s` : '';
    }
    if (hangs && httpGet) {
      const scheme = (httpGet.scheme ?? 'HTTP').toLowerCase();
      const port = portOf(httpGet.port, container);
      const path = httpGet.path ?? '/';
      return `Get "${scheme}://${podIP}:${port}${path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    }
    return 'HTTP probe failed with statuscode: 503';
  };
  return `${kind} probe failed: ${why()}`;
}
