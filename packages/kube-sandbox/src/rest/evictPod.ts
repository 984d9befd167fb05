import { Cluster } from '../apiserver/Cluster';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { ResourceType } from '../registry/Registry';
import { matchesLabels, requirementsOf } from '../selectors/labelSelector';
import { badRequest, forbidden } from '../status/errors';
import { Status, StatusError } from '../status/StatusError';
import { deleteObject } from './delete';
import { parseDeleteOptions } from './deleteOptions';
import { BodyType } from './readObject';

/** The type of the body of `pods/eviction`. */
export const EVICTION: BodyType = {
  apiVersion: 'policy/v1',
  kind: 'Eviction',
  definition: 'policy.v1.Eviction',
  group: 'policy',
};

const BUDGETS = 'policy/poddisruptionbudgets';
const MOST_UNCONFIRMED = 2000;

function tooManyRequests(detail: string, retryAfterSeconds?: number) {
  return new StatusError({
    code: 429,
    reason: 'TooManyRequests',
    message:
      "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [{ reason: 'DisruptionBudget', message: detail }],
      ...(retryAfterSeconds && { retryAfterSeconds }),
    },
  });
}

const SUCCESS: Status = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
};

/** A pod whose end disturbs nobody. */
function isDisrupted({ metadata, status }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    ['Succeeded', 'Failed', 'Pending'].includes(status?.phase)
  );
}

const isReady = ({ status }: KubeObject) =>
  status?.conditions?.some(
    (it: Fields) => it.type === 'Ready' && it.status === 'True',
  ) === true;

function refusal({ metadata, status = {} }: KubeObject): string {
  const budget = `The disruption budget ${metadata.name}`;
  const condition = status.conditions?.find(
    (it: Fields) => it.type === 'DisruptionAllowed' && it.status === 'False',
  );
  if (condition?.message && condition.reason === 'SyncFailed') {
    return `${budget} does not allow evicting pods currently because it failed sync: ${condition.message}`;
  }
  if ((status.currentHealthy ?? 0) <= (status.desiredHealthy ?? 0)) {
    return `${budget} needs ${
      status.desiredHealthy ?? 0
    } healthy pods and has ${status.currentHealthy ?? 0} currently`;
  }
  return condition?.message
    ? `${budget} does not allow evicting pods currently (${condition.reason}): ${condition.message}`
    : `${budget} does not allow evicting pods currently`;
}

/** Takes one disruption off a budget; throws where it has none left. */
function spend(
  cluster: Cluster,
  budget: KubeObject,
  options: { pod: KubeObject; dryRun: boolean },
): void {
  const { metadata, status = {} } = budget;
  const named = { group: 'policy', kind: 'poddisruptionbudget' };
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw tooManyRequests(
      `The disruption budget ${metadata.name} is still being processed by the server.`,
      10,
    );
  }
  const allowed: number = status.disruptionsAllowed ?? 0;
  if (allowed < 0) {
    throw forbidden(
      { ...named, name: metadata.name },
      'pdb disruptions allowed is negative',
    );
  }
  if (Object.keys(status.disruptedPods ?? {}).length > MOST_UNCONFIRMED) {
    throw forbidden(
      { ...named, name: metadata.name },
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  }
  if (allowed === 0) {
    throw tooManyRequests(refusal(budget));
  }
  if (options.dryRun) {
    return;
  }
  cluster.store.put(BUDGETS, {
    ...budget,
    metadata: { ...metadata },
    status: {
      ...status,
      disruptionsAllowed: allowed - 1,
      disruptedPods: {
        ...status.disruptedPods,
        [options.pod.metadata.name]: toTimestamp(cluster.clock.now()),
      },
    },
  });
}

/** The budget that guards a pod, if there is one. */
function budgetOf(cluster: Cluster, pod: KubeObject): KubeObject | undefined {
  const budgets = cluster.store
    .collection(BUDGETS)
    .list()
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.metadata.namespace &&
        spec?.selector &&
        matchesLabels(requirementsOf(spec.selector), pod.metadata.labels),
    );
  if (budgets.length > 1) {
    throw new StatusError({
      code: 500,
      message:
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    });
  }
  return budgets[0];
}

function remove(
  cluster: Cluster,
  type: ResourceType,
  pod: KubeObject,
  options: ReturnType<typeof parseDeleteOptions>,
): void {
  let last = pod;
  if (!options.dryRun) {
    const conditions: Fields[] = pod.status?.conditions ?? [];
    const now = toTimestamp(cluster.clock.now());
    last = cluster.store.put(type.storedIn, {
      ...pod,
      metadata: { ...pod.metadata },
      status: {
        ...pod.status,
        conditions: [
          ...conditions.filter(it => it.type !== 'DisruptionTarget'),
          {
            type: 'DisruptionTarget',
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: now,
            reason: 'EvictionByEvictionAPI',
            message: 'Eviction API: evicting',
          },
        ],
      },
    });
  }
  deleteObject({ cluster, type, object: last, options });
}

/** Deletes a pod where its disruption budget allows it; else a 429 that says what the budget needs. */
export function evictPod(options: {
  cluster: Cluster;
  /** The resource of pods. */
  type: ResourceType;
  pod: KubeObject;
  eviction: KubeObject;
  dryRun: boolean;
}): Status {
  const { cluster, type, pod, eviction } = options;
  if (eviction.metadata.name !== pod.metadata.name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const deletion = parseDeleteOptions(
    new URLSearchParams(),
    eviction.deleteOptions ?? {},
  );
  const dryRun = options.dryRun || deletion.dryRun;
  if (!isDisrupted(pod)) {
    const budget = budgetOf(cluster, pod);
    const { currentHealthy = 0, desiredHealthy = 0 } = budget?.status ?? {};
    // A pod that is not ready does not count: the budget loses nothing with it.
    const countsNot =
      !isReady(pod) &&
      (budget?.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' ||
        (desiredHealthy > 0 && currentHealthy >= desiredHealthy));
    if (budget && !countsNot) {
      spend(cluster, budget, { pod, dryRun });
    }
  }
  remove(cluster, type, pod, { ...deletion, dryRun });
  return SUCCESS;
}
