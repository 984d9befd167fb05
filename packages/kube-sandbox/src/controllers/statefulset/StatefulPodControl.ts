import {
  ApiClient,
  ApiError,
  EventRecorder,
  Informer,
  isNamespaceTerminating,
  PersistentVolumeClaim,
  Pod,
  resources,
  StatefulSet,
} from '../../client';
import { isControlledBy } from '../ownership';
import {
  hasOtherController,
  hasWantedOwners,
  isStaleClaim,
  wantedOwnerReferences,
} from './claimRetention';
import { claimsFor, hasClaims, withClaims } from './claims';
import { hasIdentity, identityLabels, ordinalOf } from './identity';

type Verb = 'Create' | 'Update' | 'Delete';

/** Creates, repairs and deletes the pods of StatefulSets with their claims, and says so in events. */
export class StatefulPodControl {
  constructor(
    private readonly options: {
      client: ApiClient;
      recorder: EventRecorder;
      claims: Informer<PersistentVolumeClaim>;
    },
  ) {}

  async createPod(set: StatefulSet, pod: Pod): Promise<void> {
    await this.reported('Create', set, pod, () => this.createClaims(set, pod));
    let error: unknown;
    try {
      await this.options.client.create(resources.pods, pod);
    } catch (thrown) {
      if (ApiError.is(thrown, 409) && thrown.reason === 'AlreadyExists') {
        await this.acceptExisting(set, pod, thrown);
        return;
      }
      error = thrown;
    }
    await this.reported('Update', set, pod, () =>
      this.applyRetention(set, pod),
    );
    this.report('Create', set, pod, error);
    if (error) {
      throw error;
    }
  }

  async deletePod(set: StatefulSet, pod: Pod): Promise<void> {
    const { namespace, name = '', uid } = pod.metadata;
    try {
      await this.options.client.delete(
        resources.pods,
        { namespace, name },
        { uid },
      );
    } catch (error) {
      // Gone, or replaced by another of the same name: that is what was wanted.
      if (ApiError.is(error, 404, 409)) {
        return;
      }
      this.report('Delete', set, pod, error);
      throw error;
    }
    this.report('Delete', set, pod);
  }

  /** Brings back identity, volumes and claim owners that a pod has lost. */
  async repairPod(set: StatefulSet, pod: Pod): Promise<void> {
    const ordinal = ordinalOf(pod);
    const isStored = hasClaims(set, pod);
    if (!isStored) {
      await this.reported('Update', set, pod, () =>
        this.createClaims(set, pod),
      );
    }
    const isRetained = this.matchesRetention(set, pod);
    await this.reported('Update', set, pod, () =>
      this.applyRetention(set, pod),
    );
    if (hasIdentity(set, pod) && isStored && isRetained) {
      return;
    }
    await this.reported('Update', set, pod, () =>
      this.options.client.update(resources.pods, {
        ...pod,
        metadata: {
          ...pod.metadata,
          labels: { ...pod.metadata.labels, ...identityLabels(set, ordinal) },
        },
        spec: {
          ...pod.spec,
          volumes: isStored
            ? pod.spec.volumes
            : withClaims(set, ordinal, pod.spec.volumes),
        },
      }),
    );
    this.report('Update', set, pod);
  }

  /** Creates claims of a pod that went missing. */
  async createMissingClaims(set: StatefulSet, pod: Pod): Promise<void> {
    await this.createClaims(set, pod);
    await this.reported('Update', set, pod, () =>
      this.applyRetention(set, pod),
    );
  }

  matchesRetention(set: StatefulSet, pod: Pod): boolean {
    return this.claimsOf(set, pod).every(claim =>
      hasWantedOwners(claim, { set, pod }),
    );
  }

  /** Makes the claims be deleted with the pod or the StatefulSet, as the policy says. */
  async applyRetention(set: StatefulSet, pod: Pod): Promise<void> {
    for (const claim of this.claimsOf(set, pod)) {
      const owners = { set, pod };
      if (hasOtherController(claim, owners)) {
        this.options.recorder.record({
          object: set,
          resource: resources.statefulSets,
          type: 'Warning',
          reason: 'ConflictingController',
          message: `PersistentVolumeClaim ${claim.metadata.name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`,
        });
      }
      if (!hasWantedOwners(claim, owners)) {
        await this.options.client.update(resources.persistentVolumeClaims, {
          ...claim,
          metadata: {
            ...claim.metadata,
            ownerReferences: wantedOwnerReferences(claim, owners),
          },
        });
      }
    }
  }

  /** Whether a claim of an earlier pod of this name is still to be deleted. */
  hasStaleClaim(set: StatefulSet, pod: Pod): boolean {
    return this.claimsOf(set, pod).some(claim => isStaleClaim(set, claim, pod));
  }

  /** The claims of a pod that exist. */
  private claimsOf(set: StatefulSet, pod: Pod): PersistentVolumeClaim[] {
    return claimsFor(set, ordinalOf(pod))
      .map(({ metadata: { namespace, name = '' } }) =>
        this.options.claims.get(namespace, name),
      )
      .filter(claim => claim !== undefined);
  }

  private async createClaims(set: StatefulSet, pod: Pod): Promise<void> {
    const problems: string[] = [];
    for (const wanted of claimsFor(set, ordinalOf(pod))) {
      const { namespace, name = '' } = wanted.metadata;
      const existing = this.options.claims.get(namespace, name);
      if (existing?.metadata.deletionTimestamp) {
        problems.push(`pvc ${name} is being deleted`);
      } else if (!existing) {
        const problem = await this.createClaim(set, pod, wanted);
        if (problem) {
          problems.push(`failed to create PVC ${name}: ${problem}`);
        }
      }
    }
    if (problems.length > 0) {
      throw new Error(
        problems.length > 1 ? `[${problems.join(', ')}]` : problems[0],
      );
    }
  }

  /** Says what went wrong; a claim that is there already is right. */
  private async createClaim(
    set: StatefulSet,
    pod: Pod,
    claim: PersistentVolumeClaim,
  ): Promise<string | undefined> {
    const { client, recorder } = this.options;
    const { name } = claim.metadata;
    const said = { object: set, resource: resources.statefulSets };
    const owned = `Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    try {
      await client.create(resources.persistentVolumeClaims, claim);
    } catch (error) {
      if (ApiError.is(error, 409)) {
        return undefined;
      }
      const problem = messageOf(error);
      recorder.record({
        ...said,
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Create Claim ${name} for ${owned} failed error: ${problem}`,
      });
      return problem;
    }
    recorder.record({
      ...said,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Create Claim ${name} ${owned} success`,
    });
    return undefined;
  }

  /** The name is taken: by our own pod that the cache does not have yet, or by somebody else's. */
  private async acceptExisting(
    set: StatefulSet,
    pod: Pod,
    error: Error,
  ): Promise<void> {
    const { namespace, name = '' } = pod.metadata;
    const existing = await this.options.client.get(resources.pods, {
      namespace,
      name,
    });
    if (!isControlledBy(existing, set)) {
      throw error;
    }
  }

  /** Does something, and says in an event where it failed. */
  private async reported(
    verb: Verb,
    set: StatefulSet,
    pod: Pod,
    action: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.report(verb, set, pod, error);
      throw error;
    }
  }

  private report(
    verb: Verb,
    set: StatefulSet,
    pod: Pod,
    error?: unknown,
  ): void {
    if (isNamespaceTerminating(error)) {
      return;
    }
    const subject = `${verb} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    this.options.recorder.record({
      object: set,
      resource: resources.statefulSets,
      type: error ? 'Warning' : 'Normal',
      reason: `${error ? 'Failed' : 'Successful'}${verb}`,
      message: error
        ? `${subject} failed error: ${messageOf(error)}`
        : `${subject} successful`,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
