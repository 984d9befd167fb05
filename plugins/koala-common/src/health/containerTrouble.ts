import { ContainerState, PodContainer, PodObject } from '../objects/PodObject';
import { crashLoopOf, TerminatedState } from './crashLoop';
import { imageTrouble, isImageReason } from './imageTrouble';
import { latest } from './lasting';
import { nextStepFor } from './nextSteps';
import { shorten } from './shorten';

/** Something that keeps a container from running, and does not mend itself. */
export interface ContainerTrouble {
  code: string;
  message: string;
  nextStep?: string;
  since?: number;
  /** Troubles of several pods with an equal key are the same one. */
  foldKey: string;
  /** When it counts as over unless it happens again; ms since the epoch. */
  endsAt?: number;
}

/** What a waiting container says on its way to running. */
const STEPS: ReadonlySet<string> = new Set([
  'ContainerCreating',
  'PodInitializing',
]);

const ROLES = { main: 'container', sidecar: 'sidecar', init: 'init container' };

/** `container \`app\``, `init container \`migrate\``. */
export function containerTitle({ role, name }: PodContainer): string {
  return `${ROLES[role]} \`${name}\``;
}

function finishedAt(state: ContainerState | undefined): number | undefined {
  return state?.type === 'terminated' ? state.finishedAt : undefined;
}

/**
 * When the kubelet turned to this container: a waiting state has no time of its own. It is when the pod
 * started, when the last init container before it was done, or when its own last run ended, whichever
 * came last.
 */
export function attemptSince(
  container: PodContainer,
  pod: PodObject,
): number | undefined {
  const inits = pod.containers.filter(({ role }) => role === 'init');
  const before =
    container.role === 'init'
      ? inits.slice(0, inits.indexOf(container))
      : inits;
  return latest([
    pod.startedAt ?? pod.meta.createdAt,
    ...before.map(({ state }) => finishedAt(state)),
    finishedAt(container.lastState),
  ]);
}

function keyOf({ name, image }: PodContainer, code: string): string {
  return `${code}\n${name}\n${image}`;
}

function endOf(run: TerminatedState): string {
  return run.reason === 'OOMKilled'
    ? 'was killed for using more memory than its limit'
    : `ended with exit code ${run.exitCode}`;
}

function restartsOf({ restarts }: PodContainer): string {
  return restarts === 1 ? '1 restart' : `${restarts} restarts`;
}

function loopTrouble(
  container: PodContainer,
  loop: NonNullable<ReturnType<typeof crashLoopOf>>,
): ContainerTrouble {
  const { run, since, endsAt } = loop;
  const title = containerTitle(container);
  const code = run?.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff';
  const message = run
    ? `${title} keeps crashing: it ${endOf(run)} (${restartsOf(
        container,
      )}), image ${container.image}`
    : `${title} keeps crashing (${restartsOf(container)}), image ${
        container.image
      }`;
  return {
    code,
    message,
    nextStep: nextStepFor(code, run?.exitCode),
    since,
    foldKey: keyOf(container, code),
    endsAt,
  };
}

function endTrouble(
  container: PodContainer,
  run: TerminatedState,
  pod: PodObject,
): ContainerTrouble | undefined {
  const over = container.role === 'init' || pod.restartPolicy !== 'Always';
  if (run.exitCode === 0 && (over || run.reason !== 'OOMKilled')) {
    return undefined;
  }
  const code = run.reason && run.reason !== 'Completed' ? run.reason : 'Error';
  const detail =
    code === 'StartError' || code === 'ContainerCannotRun'
      ? `cannot start: ${shorten(run.message ?? `exit code ${run.exitCode}`)}`
      : endOf(run);
  return {
    code,
    message: `${containerTitle(container)} ${detail}, image ${container.image}`,
    nextStep: nextStepFor(code, run.exitCode),
    since: run.finishedAt ?? run.startedAt,
    foldKey: keyOf(container, code),
  };
}

function waitTrouble(
  container: PodContainer,
  state: Extract<ContainerState, { type: 'waiting' }>,
  pod: PodObject,
): ContainerTrouble | undefined {
  const { reason: code, message: text } = state;
  if (!code || STEPS.has(code)) {
    return undefined;
  }
  const since = attemptSince(container, pod);
  if (isImageReason(code)) {
    return {
      code,
      ...imageTrouble({ code, image: container.image, text }),
      since,
      // The kubelet goes to and fro between two reasons; pods at either share one trouble.
      foldKey: keyOf(container, 'image'),
    };
  }
  const detail = text ? `: ${shorten(text)}` : '';
  return {
    code,
    message: `${containerTitle(container)} of image ${
      container.image
    } cannot start${detail}`,
    nextStep: nextStepFor(code),
    since,
    foldKey: keyOf(container, code),
  };
}

/**
 * What is wrong with a container; undefined where it runs, is done, or is on its way.
 */
export function containerTrouble(options: {
  container: PodContainer;
  pod: PodObject;
  now: number;
}): ContainerTrouble | undefined {
  const { container, pod, now } = options;
  const notBefore = pod.startedAt ?? (pod.meta.createdAt || undefined);
  const loop = crashLoopOf({ container, notBefore, now });
  const { state } = container;
  const elsewise =
    state?.type === 'waiting' && state.reason !== 'CrashLoopBackOff'
      ? waitTrouble(container, state, pod)
      : undefined;
  if (elsewise) {
    return elsewise;
  }
  if (loop) {
    return loopTrouble(container, loop);
  }
  return state?.type === 'terminated'
    ? endTrouble(container, state, pod)
    : undefined;
}
