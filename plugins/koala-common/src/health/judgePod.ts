import { ObjectReference } from '../objects/ObjectReference';
import { PodObject } from '../objects/PodObject';
import { Verdict } from '../status/Verdict';
import { containerTrouble, ContainerTrouble } from './containerTrouble';
import {
  Closeness,
  Finding,
  Inspection,
  inspectionOf,
  verdictOf,
} from './Finding';
import {
  DEFAULT_DEADLINE_MS,
  DEFAULT_GRACE_MS,
  earliest,
  lasting,
  latest,
} from './lasting';
import { nextStepFor } from './nextSteps';
import { shorten } from './shorten';
import { startStepOf } from './startStep';
import { ClaimLookup, unboundVolume, unboundVolumeStep } from './unboundVolume';

/** @public */
export interface JudgePodOptions {
  pod: PodObject;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long a bad reason may last before the pod is degraded; 30 s unless told. */
  graceMs?: number;
  /** How long the pod may be not ready before it is degraded; 10 min unless told. */
  deadlineMs?: number;
  /** Finds the claims of its namespace by name, where they may be read. */
  claimOf?: ClaimLookup;
}

function referenceTo({ meta }: PodObject): ObjectReference {
  return { kind: 'Pod', name: meta.name, namespace: meta.namespace };
}

function conditionOf(pod: PodObject, type: string) {
  return pod.conditions.find(condition => condition.type === type);
}

/** Why a pod has come to its end; the times of its containers tell when. */
function failure(pod: PodObject, now: number): ContainerTrouble {
  const ended = latest([
    ...pod.containers.map(({ state }) =>
      state?.type === 'terminated' ? state.finishedAt : undefined,
    ),
    conditionOf(pod, 'DisruptionTarget')?.transitionedAt,
    conditionOf(pod, 'Ready')?.transitionedAt,
  ]);
  const own = pod.containers
    .map(container => containerTrouble({ container, pod, now }))
    .find(trouble => trouble !== undefined);
  if (!pod.reason && own) {
    return own;
  }
  const code = pod.reason ?? 'Failed';
  const image = pod.containers.find(({ role }) => role === 'main')?.image;
  const detail = shorten(pod.message ?? `the pod ended as ${pod.phase}`);
  return {
    code,
    message: image ? `${detail} (image ${image})` : detail,
    nextStep: nextStepFor(code),
    since: ended ?? pod.startedAt ?? (pod.meta.createdAt || undefined),
    foldKey: code,
  };
}

function troublesOf(options: JudgePodOptions): ContainerTrouble[] {
  const { pod, now, claimOf } = options;
  if (pod.phase === 'Failed') {
    return [failure(pod, now)];
  }
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    const text = shorten(scheduled.message ?? 'the scheduler gives no reason');
    const { code, message } = unboundVolume({
      pod,
      claimOf,
      said: scheduled.message,
    }) ?? { code: 'Unschedulable', message: `no node takes the pod: ${text}` };
    return [
      {
        code,
        message,
        nextStep: nextStepFor(code),
        since: scheduled.transitionedAt ?? (pod.meta.createdAt || undefined),
        foldKey: code,
      },
    ];
  }
  return pod.containers
    .map(container => containerTrouble({ container, pod, now }))
    .filter(trouble => trouble !== undefined);
}

/**
 * What is found about a pod. `since` of a trouble is when it began; of a pod that is merely not ready
 * yet, when it was last ready, or was created.
 */
export function inspectPod(options: JudgePodOptions): Inspection {
  const { pod, now } = options;
  const { graceMs = DEFAULT_GRACE_MS, deadlineMs = DEFAULT_DEADLINE_MS } =
    options;
  const object = referenceTo(pod);
  if (pod.meta.deletedAt !== undefined) {
    const reason = {
      code: 'BeingDeleted',
      message: 'the pod is being deleted',
      object,
      since: pod.meta.deletedAt || undefined,
    };
    return inspectionOf({
      findings: [
        {
          status: 'progressing',
          closeness: Closeness.Step,
          reason,
          foldKey: reason.code,
        },
      ],
    });
  }

  const condition = conditionOf(pod, 'Ready');
  const ready = condition?.status === 'True';
  if (pod.phase === 'Succeeded') {
    return inspectionOf({
      findings: [],
      healthySince: condition?.transitionedAt,
    });
  }
  const notReadySince = ready
    ? undefined
    : condition?.transitionedAt ?? (pod.meta.createdAt || undefined);
  const deadline = ready
    ? { lasted: false }
    : lasting({ since: notReadySince, now, forMs: deadlineMs });

  const findings = troublesOf(options).map((trouble): Finding => {
    const { code, message, nextStep, since, foldKey, endsAt } = trouble;
    const grace = lasting({ since, now, forMs: graceMs });
    const degraded = grace.lasted || deadline.lasted;
    return {
      status: degraded ? 'degraded' : 'progressing',
      closeness: Closeness.Cause,
      reason: { code, message, nextStep, object, since },
      foldKey,
      recheckAt: earliest([
        degraded ? undefined : grace.recheckAt,
        degraded ? undefined : deadline.recheckAt,
        endsAt,
      ]),
    };
  });
  if (findings.length === 0 && !ready) {
    const { code, message } =
      unboundVolumeStep(pod, options.claimOf) ?? startStepOf(pod, condition);
    findings.push({
      status: deadline.lasted ? 'degraded' : 'progressing',
      closeness: deadline.lasted ? Closeness.Cause : Closeness.Step,
      reason: {
        code,
        message,
        nextStep: deadline.lasted ? nextStepFor(code) : undefined,
        object,
        since: notReadySince,
      },
      foldKey: `${code}\n${message}`,
      recheckAt: deadline.recheckAt,
    });
  }
  return inspectionOf({ findings, healthySince: condition?.transitionedAt });
}

/**
 * Koala's verdict on a pod. It is *degraded* once a reason that does not mend itself has lasted the
 * grace period, or once it has not been ready for longer than the deadline; before that it is
 * *progressing*, with the reason shown.
 *
 * @public
 */
export function judgePod(options: JudgePodOptions): Verdict {
  return verdictOf(inspectPod(options));
}
