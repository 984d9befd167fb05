import { Container } from '../client';
import { imageBehaviour } from './imageBehaviour';
import {
  ProbeKind,
  firstTryMs,
  periodMs,
  probeOf,
  thresholdOf,
} from './probeWords';
import { ContainerKind } from './restartPolicy';

/** A probe that fails from time to time, and then no more or for ever. */
export interface FailingProbe {
  kind: ProbeKind;
  hangs: boolean;
  from: number;
  every: number;
  /** The first moment at which it fails no more. */
  until: number;
}

/** How a run ends. */
export interface RunEnd {
  at: number;
  exitCode: number;
  reason: string;
}

/** What one run of a container will be like, if nobody stops it; moments are ms since the epoch. */
export interface ContainerRun {
  since: number;
  /** Its startup probe has succeeded; undefined: never. */
  startedAt?: number;
  /** Its readiness probe has succeeded; undefined: never. */
  readyAt?: number;
  /** Its readiness probe fails from then on. */
  unreadyFrom?: number;
  end?: RunEnd;
  /** The kubelet stops it then, as this probe has failed too often. */
  killed?: { at: number; by: ProbeKind };
  failing: FailingProbe[];
}

const INIT_MS = 500;
const COMPLETION_MS = 2_000;
const FIRST_UNHEALTHY_MS = 2_000;

/** What gets ready later than this lets its readiness probe fail before. */
const NOTICED_MS = 3_000;

/** What the run of a container that starts now will be like: its image and its probes say so. */
export function planRun(options: {
  container: Container;
  image: string;
  kind: ContainerKind;
  podRestartPolicy: string;
  jitter: number;
  at: number;
  speed: number;
}): ContainerRun {
  const { container, image, kind, at: since, speed } = options;
  const behaviour = imageBehaviour(image, options.jitter);
  const { readyAfterMs = Infinity, hangsAfterMs, exit } = behaviour;
  const after = (ms: number) =>
    ms === Infinity ? Infinity : since + ms / speed;
  const failing: FailingProbe[] = [];
  const fail = (
    probe: ProbeKind,
    more: { fromMs: number; untilMs?: number; hangs?: boolean },
  ) =>
    failing.push({
      kind: probe,
      hangs: more.hangs ?? false,
      from: after(more.fromMs),
      every: periodMs(probeOf(container, probe)) / speed,
      until: after(more.untilMs ?? Infinity),
    });
  const kill = (probe: ProbeKind, firstMs: number) => {
    const of = probeOf(container, probe);
    const last = firstMs + periodMs(of) * (thresholdOf(of) - 1);
    return { at: after(last), by: probe };
  };

  const { startupProbe, readinessProbe, livenessProbe } = container;
  let killed: ContainerRun['killed'];
  let startedMs = 0;
  if (startupProbe) {
    const firstMs = firstTryMs(startupProbe);
    startedMs = Math.max(firstMs, readyAfterMs);
    if (readyAfterMs > firstMs) {
      fail('Startup', { fromMs: firstMs, untilMs: startedMs });
      const dueMs =
        firstMs + periodMs(startupProbe) * (thresholdOf(startupProbe) - 1);
      killed = startedMs > dueMs ? kill('Startup', firstMs) : undefined;
    }
  }
  const readyMs = Math.max(
    startedMs,
    firstTryMs(readinessProbe),
    kind === 'init' ? Infinity : readyAfterMs,
  );
  if (!exit && !startupProbe && kind !== 'init') {
    const firstMs = Math.max(firstTryMs(readinessProbe), FIRST_UNHEALTHY_MS);
    const isNoticed = readinessProbe && readyMs >= NOTICED_MS;
    if ((readyMs === Infinity || isNoticed) && !meansToEnd(options)) {
      fail('Readiness', { fromMs: firstMs, untilMs: readyMs });
    }
  }
  if (hangsAfterMs !== undefined && startedMs !== Infinity) {
    const fromMs = Math.max(hangsAfterMs, startedMs);
    if (readinessProbe) {
      fail('Readiness', { fromMs, hangs: true });
    }
    if (livenessProbe) {
      fail('Liveness', { fromMs, hangs: true });
      killed ??= kill('Liveness', fromMs);
    }
  }
  const endMs = exit?.afterMs ?? meansToEnd(options);
  return {
    since,
    ...(startedMs !== Infinity && { startedAt: after(startedMs) }),
    ...(readyMs !== Infinity && { readyAt: after(readyMs) }),
    ...(hangsAfterMs !== undefined &&
      readinessProbe && { unreadyFrom: after(hangsAfterMs) }),
    ...(endMs !== undefined && {
      end: {
        at: after(endMs),
        exitCode: exit?.exitCode ?? 0,
        reason: exit?.reason ?? 'Completed',
      },
    }),
    ...(killed && { killed }),
    failing,
  };
}

/** Milliseconds until what would serve for ever ends, as its pod is meant to end. */
function meansToEnd(options: {
  kind: ContainerKind;
  container: Container;
  podRestartPolicy: string;
}): number | undefined {
  const { kind, container, podRestartPolicy } = options;
  if (kind === 'init') {
    return INIT_MS;
  }
  const policy = container.restartPolicy ?? podRestartPolicy;
  return policy === 'Always' ? undefined : COMPLETION_MS;
}

/** The probe failures after `from` and up to `to`, oldest first. */
export function failuresBetween(
  { failing, killed, end }: ContainerRun,
  options: { from: number; to: number },
): FailingProbe[] {
  const last = Math.min(
    options.to,
    killed?.at ?? Infinity,
    end?.at ?? Infinity,
  );
  const found: { at: number; probe: FailingProbe }[] = [];
  for (const probe of failing) {
    const behind = Math.floor((options.from - probe.from) / probe.every) + 1;
    let at = probe.from + Math.max(0, behind) * probe.every;
    while (at <= last && at < probe.until) {
      found.push({ at, probe });
      at += probe.every;
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ probe }) => probe);
}

/** When something happens next by itself after `now`; Infinity: never. */
export function nextMoment(run: ContainerRun, now: number): number {
  const { startedAt, readyAt, unreadyFrom, end, killed, failing } = run;
  const moments = [startedAt, readyAt, unreadyFrom, end?.at, killed?.at].filter(
    (moment): moment is number => moment !== undefined && moment > now,
  );
  for (const { from, every, until } of failing) {
    const passed = Math.max(0, Math.floor((now - from) / every) + 1);
    const next = from + passed * every;
    if (next < until) {
      moments.push(next);
    }
  }
  return Math.min(Infinity, ...moments);
}
