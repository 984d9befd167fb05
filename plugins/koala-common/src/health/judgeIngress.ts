import { ExposureObject } from '../objects/ExposureObject';
import { IngressObject, IngressRoute } from '../objects/IngressObject';
import { Verdict } from '../status/Verdict';
import { Finding, inspectionOf, verdictOf } from './Finding';
import { DEFAULT_GRACE_MS, lasting } from './lasting';
import { workloadFinding } from './workloadFinding';

/** What is wrong with the way from a route to an exposure. */
function brokenLink(
  { exposure: name, port }: IngressRoute,
  exposures: readonly ExposureObject[],
): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  const exposure = exposures.find(({ meta }) => meta.name === name);
  if (!exposure) {
    return `exposure \`${name}\` does not exist`;
  }
  return port === undefined ||
    exposure.ports.some(one => one.name === port || String(one.port) === port)
    ? undefined
    : `exposure \`${name}\` has no port ${port}`;
}

/**
 * Koala's verdict on an ingress: progressing until its controller has given it an address, as Argo CD
 * says; degraded where it leads to an exposure, or a port, that is not there.
 *
 * @param options - `exposures`: those of its namespace; absent where they may not be read.
 * @public
 */
export function judgeIngress(options: {
  ingress: IngressObject;
  exposures?: readonly ExposureObject[];
  /** Milliseconds since the epoch. */
  now: number;
  /** How long a backend may be missing after its creation; 30 s unless told. */
  graceMs?: number;
}): Verdict {
  const { ingress, exposures, now, graceMs = DEFAULT_GRACE_MS } = options;
  const { meta, routes, addresses, className } = ingress;
  const finding = workloadFinding(ingress);
  const since = meta.createdAt || undefined;
  if (meta.deletedAt !== undefined) {
    return verdictOf(
      inspectionOf({
        findings: [
          finding({
            code: 'BeingDeleted',
            message: 'it is being deleted',
            since: meta.deletedAt || undefined,
          }),
        ],
      }),
    );
  }
  const findings: Finding[] = [];
  const broken = exposures
    ? routes.flatMap(route => brokenLink(route, exposures) ?? [])
    : [];
  if (broken.length > 0) {
    const { lasted, recheckAt } = lasting({ since, now, forMs: graceMs });
    findings.push(
      finding({
        code: 'BackendMissing',
        message: [...new Set(broken)].join(', '),
        status: lasted ? 'degraded' : 'progressing',
        recheckAt,
      }),
    );
  }
  if (addresses.length === 0) {
    findings.push(
      finding({
        code: 'IngressPending',
        message: className
          ? `no controller of class \`${className}\` has given it an address yet`
          : 'no controller has given it an address yet',
        since,
      }),
    );
  }
  return verdictOf(inspectionOf({ findings, healthySince: since }));
}
