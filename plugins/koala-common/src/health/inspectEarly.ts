import { DaemonSetObject } from '../objects/DaemonSetObject';
import { StatefulSetObject } from '../objects/StatefulSetObject';
import { Inspection, inspectionOf } from './Finding';
import { workloadFinding } from './workloadFinding';

/** What is to be said of a workload before its numbers mean anything: it goes, or its controller has not seen it yet. */
export function inspectEarly(
  workload: StatefulSetObject | DaemonSetObject,
): Inspection | undefined {
  const { kind, meta, observedGeneration } = workload;
  const finding = workloadFinding(workload);
  if (meta.deletedAt !== undefined) {
    const since = meta.deletedAt || undefined;
    const message = 'it is being deleted';
    return inspectionOf({
      findings: [finding({ code: 'BeingDeleted', message, since })],
    });
  }
  if (!observedGeneration || observedGeneration < (meta.generation ?? 0)) {
    const message = `the ${kind} controller has not taken up the last change yet`;
    return inspectionOf({
      findings: [finding({ code: 'ChangeNotObserved', message })],
    });
  }
  return undefined;
}
