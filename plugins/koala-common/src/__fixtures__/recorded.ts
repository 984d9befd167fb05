import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeExposure } from '../health/judgeExposure';
import { judgeAutoscaler } from '../health/judgeAutoscaler';
import { judgeDisruptionBudget } from '../health/judgeDisruptionBudget';
import { judgeIngress } from '../health/judgeIngress';
import { judgeVolume } from '../health/judgeVolume';
import { judgeWorkload } from '../health/judgeWorkload';
import {
  KoalaObject,
  ObjectsByKind,
  WatchedKind,
} from '../objects/KoalaObject';
import { isWorkload, WorkloadObject } from '../objects/WorkloadObject';
import { projectObject } from '../projection/projectObject';
import { WorkloadParts } from '../release/WorkloadParts';
import { Verdict } from '../status/Verdict';

/** A state that was recorded from a real control plane. */
export interface Recorded {
  recordedAt: number;
  /** What `kubectl rollout status` said of it, for the kinds that have one. */
  rolloutStatus?: { exitCode: number; text: string };
  about: KoalaObject;
  all: <K extends WatchedKind>(kind: K) => ObjectsByKind[K][];
}

/** Reads a recording of `packages/kube-testing/src/recording`. */
export function readRecorded(name: string): Recorded {
  const raw = JSON.parse(
    readFileSync(join(__dirname, 'recorded', `${name}.generated.json`), 'utf8'),
  );
  const objects: KoalaObject[] = raw.objects.map((object: any) =>
    projectObject(object.kind, object),
  );
  return {
    recordedAt: Date.parse(raw.recordedAt),
    rolloutStatus: raw.rolloutStatus,
    about: objects.find(
      ({ kind, meta }) =>
        kind === raw.about.kind && meta.name === raw.about.name,
    )!,
    all: <K extends WatchedKind>(kind: K) =>
      objects.filter(object => object.kind === kind) as ObjectsByKind[K][],
  };
}

function ownedBy<T extends KoalaObject>(
  objects: readonly T[],
  owners: readonly KoalaObject[],
): T[] {
  const uids = owners.map(({ meta }) => meta.uid);
  return objects.filter(({ meta }) =>
    uids.includes(meta.controller?.uid ?? ''),
  );
}

/** What belongs to a recorded workload. */
export function partsOf(
  { all }: Recorded,
  workload: WorkloadObject,
): WorkloadParts {
  const replicaSets = ownedBy(all('ReplicaSet'), [workload]);
  const jobs = ownedBy(all('Job'), [workload]);
  return {
    replicaSets,
    jobs,
    revisions: ownedBy(all('ControllerRevision'), [workload]),
    pods: ownedBy(all('Pod'), [workload, ...replicaSets, ...jobs]),
    autoscaler: all('HorizontalPodAutoscaler')[0],
    claimOf: name =>
      all('PersistentVolumeClaim').find(({ meta }) => meta.name === name),
  };
}

/** Koala's verdict on a recorded state, some time after it was recorded and with nothing changed since. */
export function judgeRecorded(recorded: Recorded, laterMs: number): Verdict {
  const { about, all } = recorded;
  const now = recorded.recordedAt + laterMs;
  if (isWorkload(about)) {
    return judgeWorkload({ workload: about, ...partsOf(recorded, about), now });
  }
  switch (about.kind) {
    case 'PersistentVolumeClaim':
      return judgeVolume({ volume: about, now });
    case 'Service':
      return judgeExposure({
        exposure: about,
        slices: all('EndpointSlice'),
        now,
      });
    case 'Ingress':
      return judgeIngress({ ingress: about, exposures: all('Service'), now });
    case 'HorizontalPodAutoscaler':
      return judgeAutoscaler({ autoscaler: about, now });
    case 'PodDisruptionBudget':
      return judgeDisruptionBudget({ budget: about });
    default:
      throw new Error(`No verdict on a ${about.kind}`);
  }
}
