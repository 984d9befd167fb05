import { RecordedState, Seen } from '../RecordedState';

/** The object called `web` of a kind. */
export const web = <K extends RecordedState['about']['kind']>(kind: K) => ({
  kind,
  name: 'web',
});

/** The controller has seen the last change. */
export function isObserved({ object }: Seen): boolean {
  return object?.status?.observedGeneration === object?.metadata?.generation;
}

/** So many pods are ready, and the controller says so. */
export function ready(count: number): (seen: Seen) => boolean {
  return seen =>
    isObserved(seen) &&
    (seen.object.status.readyReplicas ??
      seen.object.status.numberReady ??
      0) === count;
}

/** A container of some pod waits for a reason. */
export function waits(reason: RegExp): (seen: Seen) => boolean {
  return seen =>
    isObserved(seen) &&
    seen.pods.some(({ status }) =>
      [
        ...(status.containerStatuses ?? []),
        ...(status.initContainerStatuses ?? []),
      ].some(({ state }) => reason.test(state?.waiting?.reason ?? '')),
    );
}

/** The object has the condition. */
export function condition(
  type: string,
  status = 'True',
): (seen: Seen) => boolean {
  return ({ object }) =>
    (object?.status?.conditions ?? []).some(
      (one: any) => one.type === type && one.status === status,
    );
}

/** All of it at once. */
export const both =
  (...all: ((seen: Seen) => boolean)[]) =>
  (seen: Seen) =>
    all.every(one => one(seen));

/** `kubectl set image` of the object that the state is about, once all its pods are ready. */
export function rolledOver(options: {
  kind: 'deployment' | 'statefulset' | 'daemonset';
  tag: string;
  count: number;
}): RecordedState['changes'] {
  return [
    {
      after: ready(options.count),
      kubectl: [
        'set',
        'image',
        `${options.kind}/web`,
        `main=shop/cart:${options.tag}`,
      ],
    },
  ];
}

/** No node takes a pod. */
export const UNSCHEDULABLE = (seen: Seen) =>
  seen.pods.some(({ status }) =>
    (status.conditions ?? []).some(
      (one: any) => one.reason === 'Unschedulable',
    ),
  );
