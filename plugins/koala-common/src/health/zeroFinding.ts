import { AutoscalerObject } from '../objects/AutoscalerObject';
import { Finding } from './Finding';
import { WorkloadFinding } from './workloadFinding';

/**
 * Whether an autoscaler may take its workload down to zero and up again. KEDA does so itself, beside the
 * autoscaler that it controls.
 */
function scalesToZero({ minReplicas, meta }: AutoscalerObject): boolean {
  return minReplicas === 0 || meta.controller?.kind === 'ScaledObject';
}

/** What to say of a workload with no replicas: idle where an autoscaler did it, else stopped by hand. */
export function zeroFinding(options: {
  finding: WorkloadFinding;
  autoscaler?: AutoscalerObject;
}): Finding {
  const { finding, autoscaler } = options;
  if (autoscaler && scalesToZero(autoscaler)) {
    return finding({
      code: 'Idle',
      message: `scaled to zero by its autoscaler \`${autoscaler.meta.name}\` until there is something to do`,
      status: 'healthy',
      since: autoscaler.lastScaledAt,
    });
  }
  // Nothing in the object says when: scaling leaves no condition behind.
  return finding({
    code: 'ScaledToZero',
    message: 'scaled to zero',
    status: 'suspended',
  });
}
