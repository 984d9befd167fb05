import {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
} from '../../client';
import { NO_PROVISIONER, SELECTED_NODE } from '../volumes/annotations';
import { claimsOf } from '../volumes/claimsOf';
import {
  classOf,
  isDelayed,
  isFullyBound,
  isReachable,
  matchVolume,
} from '../volumes/matchVolume';

/** What the scheduler knows of volumes. */
export interface VolumeLookup {
  claim(
    namespace: string | undefined,
    name: string,
  ): PersistentVolumeClaim | undefined;
  volumes(): PersistentVolume[];
  storageClass(name: string): StorageClass | undefined;
  /** Pods of a namespace. */
  pods(namespace: string | undefined): Pod[];
}

/** What has to be written before a pod may run on a node. */
export interface VolumePlan {
  /** Free volumes that the claims get. */
  reserve: { volume: PersistentVolume; claim: PersistentVolumeClaim }[];
  /** Claims whose volumes are made for this node. */
  provision: PersistentVolumeClaim[];
}

const NOT_FOUND_VOLUME =
  'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
const UNREACHABLE = "node(s) didn't match PersistentVolume's node affinity";
const NO_VOLUME = "node(s) didn't find available persistent volumes to bind";
const IN_USE =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

/** The volumes of one pod, and where they let it run. */
export class PodVolumes {
  private constructor(
    private readonly lookup: VolumeLookup,
    private readonly pod: Pod,
    private readonly claims: PersistentVolumeClaim[],
    /** Why the pod can run nowhere yet. */
    readonly problem: string | undefined,
  ) {}

  static of(pod: Pod, lookup: VolumeLookup): PodVolumes {
    const claims: PersistentVolumeClaim[] = [];
    let problem: string | undefined;
    for (const { name, isEphemeral } of claimsOf(pod)) {
      const claim = lookup.claim(pod.metadata.namespace, name);
      if (claim) {
        claims.push(claim);
      }
      problem ??= problemOf(claim, name, isEphemeral);
    }
    const waitsForBinding = claims.some(
      claim =>
        !isFullyBound(claim) &&
        (claim.spec.volumeName ||
          !isDelayed(lookup.storageClass(classOf(claim)))),
    );
    if (!problem && waitsForBinding) {
      problem = 'pod has unbound immediate PersistentVolumeClaims';
    }
    return new PodVolumes(lookup, pod, claims, problem);
  }

  /** A claim for one pod only that another pod has: then no node will do until that one is gone. */
  get inUse(): string | undefined {
    const exclusive = new Set(
      this.claims
        .filter(({ spec }) => spec.accessModes?.includes('ReadWriteOncePod'))
        .map(({ metadata }) => metadata.name),
    );
    const { namespace, uid } = this.pod.metadata;
    const isTaken =
      exclusive.size > 0 &&
      this.lookup
        .pods(namespace)
        .some(
          other =>
            other.metadata.uid !== uid &&
            other.spec.nodeName &&
            !['Succeeded', 'Failed'].includes(other.status?.phase ?? '') &&
            claimsOf(other).some(({ name }) => exclusive.has(name)),
        );
    return isTaken ? IN_USE : undefined;
  }

  /** Why the pod's volumes cannot be had on a node; undefined where they can. */
  obstacleOn(node: Node): string | undefined {
    if (this.claims.length === 0) {
      return undefined;
    }
    const volumes = this.lookup.volumes();
    for (const { spec } of this.claims.filter(isFullyBound)) {
      const volume = volumes.find(it => it.metadata.name === spec.volumeName);
      if (!volume) {
        return NOT_FOUND_VOLUME;
      }
      if (!isReachable(volume, node)) {
        return UNREACHABLE;
      }
    }
    return this.planFor(node) ? undefined : NO_VOLUME;
  }

  /** What has to happen to unbound claims before the pod may run on the node; undefined where it cannot. */
  planFor(node: Node): VolumePlan | undefined {
    const plan: VolumePlan = { reserve: [], provision: [] };
    const promised = new Set<string>();
    for (const claim of this.claims.filter(it => !isFullyBound(it))) {
      const selected = claim.metadata.annotations?.[SELECTED_NODE];
      if (selected) {
        if (selected !== node.metadata.name) {
          return undefined;
        }
        plan.provision.push(claim);
        continue;
      }
      const volume = matchVolume({
        claim,
        volumes: this.lookup.volumes(),
        node,
        excluded: promised,
      });
      const provisioner = this.lookup.storageClass(classOf(claim))?.provisioner;
      if (volume) {
        promised.add(volume.metadata.name ?? '');
        plan.reserve.push({ volume, claim });
      } else if (provisioner && provisioner !== NO_PROVISIONER) {
        plan.provision.push(claim);
      } else {
        return undefined;
      }
    }
    return plan;
  }
}

function problemOf(
  claim: PersistentVolumeClaim | undefined,
  name: string,
  isEphemeral: boolean,
): string | undefined {
  const quoted = `persistentvolumeclaim "${name}"`;
  if (!claim) {
    return isEphemeral
      ? `waiting for ephemeral volume controller to create the ${quoted}`
      : `${quoted} not found`;
  }
  if (claim.status?.phase === 'Lost') {
    return `${quoted} bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
  }
  return claim.metadata.deletionTimestamp
    ? `${quoted} is being deleted`
    : undefined;
}
