import { EndpointSliceObject } from '../objects/EndpointSliceObject';
import { ExposureObject } from '../objects/ExposureObject';
import { Verdict } from '../status/Verdict';
import { inspectionOf, verdictOf } from './Finding';
import { DEFAULT_GRACE_MS, lasting } from './lasting';
import { workloadFinding } from './workloadFinding';

/**
 * The pods that an exposure sends traffic to, and those that it selects. An exposure of two address
 * families lists each pod once in each; a pod counts once.
 *
 * @public
 */
export function countEndpoints(slices: Iterable<EndpointSliceObject>): {
  ready: number;
  selected: number;
} {
  const families = new Map<string, { ready: number; selected: number }>();
  for (const { addressType = '', ready, notReady } of slices) {
    const family = families.get(addressType) ?? { ready: 0, selected: 0 };
    family.ready += ready;
    family.selected += ready + notReady;
    families.set(addressType, family);
  }
  let most = { ready: 0, selected: 0 };
  for (const family of families.values()) {
    if (family.selected > most.selected) {
      most = family;
    }
  }
  return most;
}

/**
 * Koala's verdict on an exposure: does it lead anywhere? A load balancer without an address is
 * progressing, as Argo CD says; beyond that it is degraded when it selects no pod at all, and
 * progressing while none of the pods that it selects is ready (whose own verdict says why).
 *
 * @param options - `slices`: those of this exposure. `pods`: how many pods its selector matches, which
 *   have no endpoint before they have an address. `idle`: its workloads are scaled to zero, so nothing
 *   behind it is as it should be.
 * @public
 */
export function judgeExposure(options: {
  exposure: ExposureObject;
  slices: Iterable<EndpointSliceObject>;
  /** Milliseconds since the epoch. */
  now: number;
  pods?: number;
  idle?: boolean;
  /** How long it may select nothing after its creation; 30 s unless told. */
  graceMs?: number;
}): Verdict {
  const { exposure, now, idle = false, graceMs = DEFAULT_GRACE_MS } = options;
  const { meta, type, selector, addresses } = exposure;
  const finding = workloadFinding(exposure);
  const findings = [];
  const { ready, selected: listed } = countEndpoints(options.slices);
  const selected = Math.max(listed, options.pods ?? 0);
  const createdAt = meta.createdAt || undefined;

  if (meta.deletedAt !== undefined) {
    const since = meta.deletedAt || undefined;
    const message = 'it is being deleted';
    return verdictOf(
      inspectionOf({
        findings: [finding({ code: 'BeingDeleted', message, since })],
      }),
    );
  }
  if (type === 'LoadBalancer' && addresses.length === 0) {
    findings.push(
      finding({
        code: 'LoadBalancerPending',
        message: 'its load balancer has no address yet',
        since: createdAt,
      }),
    );
  }
  // One without a selector gets its endpoints from elsewhere; an external name has none.
  if (type !== 'ExternalName' && Object.keys(selector).length > 0) {
    if (selected === 0 && idle) {
      findings.push(
        finding({
          code: 'ScaledToZero',
          message: 'the workload behind it is scaled to zero',
          status: 'suspended',
        }),
      );
    } else if (selected === 0) {
      const { lasted, recheckAt } = lasting({
        since: createdAt,
        now,
        forMs: graceMs,
      });
      findings.push(
        finding({
          code: 'NoEndpoints',
          message: 'it selects no pod',
          status: lasted ? 'degraded' : 'progressing',
          recheckAt,
        }),
      );
    } else if (ready === 0) {
      findings.push(
        finding({
          code: 'NoReadyEndpoints',
          message: `none of the ${selected} pods that it selects is ready`,
        }),
      );
    }
  }
  return verdictOf(inspectionOf({ findings, healthySince: createdAt }));
}
