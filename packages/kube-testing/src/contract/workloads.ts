import { ContractContext } from './ContractContext';

/** The pods of these workloads are taken by no scheduler, so that their status is the test's to write. */
export const UNSCHEDULED = { schedulerName: 'nobody' };

/** Keeps the pods that are deleted until `removePod`. */
const HOLD = 'example.com/hold';

interface More {
  image?: string;
  /** Added to the pod's spec. */
  podSpec?: object;
  /** Pods that no scheduler takes, and that stay until `removePod` when they are deleted. */
  held?: boolean;
  /** Added to the workload's spec. */
  spec?: object;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

function workload(kind: string, name: string, more: More): any {
  const { image = 'shop/cart:1.0.0', podSpec, spec, held, ...metadata } = more;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, ...metadata },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: {
          labels: { app: name },
          ...(held ? { finalizers: [HOLD] } : {}),
        },
        spec: {
          containers: [{ name: 'main', image }],
          terminationGracePeriodSeconds: 1,
          ...(held ? UNSCHEDULED : {}),
          ...podSpec,
        },
      },
      ...spec,
    },
  };
}

/** A StatefulSet of one container; the image decides how its pods fare on simulated nodes. */
export function statefulSet(
  name: string,
  more: More & { replicas?: number } = {},
): any {
  const { replicas = 1, spec, ...rest } = more;
  return workload('StatefulSet', name, {
    ...rest,
    spec: { replicas, serviceName: name, ...spec },
  });
}

/** A DaemonSet of one container. */
export function daemonSet(name: string, more: More = {}): any {
  return workload('DaemonSet', name, more);
}

/** Changes the image of a workload's only container, as `kubectl set image` does. */
export function setImageOf(
  t: ContractContext,
  resource: string,
  image: string,
): Promise<any> {
  return t.ok(t.path(resource, 'web'), {
    method: 'PATCH',
    contentType: 'application/strategic-merge-patch+json',
    body: {
      spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
    },
  });
}

/** Lets a pod that no node runs be ready, or not, as a kubelet would say it. */
export function reportPod(
  t: ContractContext,
  name: string,
  state: { phase?: string; ready?: boolean; since?: Date } = {},
): Promise<any> {
  const { phase = 'Running', ready = true, since = new Date() } = state;
  return t.ok(t.path('pods', `${name}/status`), {
    method: 'PATCH',
    contentType: 'application/strategic-merge-patch+json',
    body: {
      status: {
        phase,
        conditions: [
          {
            type: 'Ready',
            status: ready ? 'True' : 'False',
            lastTransitionTime: since.toISOString().replace(/\.\d+Z/, 'Z'),
          },
        ],
      },
    },
  });
}

/** Deletes a held pod where nobody did yet, and lets it go. */
export async function removePod(
  t: ContractContext,
  name: string,
): Promise<void> {
  await t.remove('pods', name);
  await t.client.request(t.path('pods', name), {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: { metadata: { finalizers: null } },
  });
}

/** `Type Reason: message` of the events of an object, each once, sorted. */
export async function eventsOf(
  t: ContractContext,
  kind: string,
  name: string,
): Promise<string[]> {
  const { items } = await t.list('events', {
    fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}`,
  });
  const lines: string[] = items.map(
    (event: any) => `${event.type} ${event.reason}: ${event.message}`,
  );
  return [...new Set(lines)].sort();
}

/** Waits until an object has all of these events, and returns all it has. */
export async function eventually(
  t: ContractContext,
  kind: string,
  name: string,
  wanted: string[],
): Promise<string[]> {
  let seen: string[] = [];
  try {
    await t.eventuallyTrue(`events of ${kind} ${name}`, async () => {
      seen = await eventsOf(t, kind, name);
      return wanted.every(line => seen.includes(line));
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${seen.join('\n')}`);
  }
  return seen;
}

/** The ControllerRevisions of `web`, oldest first. */
export async function revisionsOf(t: ContractContext): Promise<any[]> {
  const { items } = await t.list('controllerrevisions', {
    labelSelector: 'app=web',
  });
  return items.sort((a: any, b: any) => a.revision - b.revision);
}
