import {
  MatchingFinding,
  ServiceIdentity,
} from '@koala-ops/backstage-plugin-koala-common';
import { Claims } from './Claims';
import { Slot } from './Slot';

/** What there is to say about how a service found its workloads. */
export function findingsOf(options: {
  service: ServiceIdentity;
  problem?: MatchingFinding;
  slots: readonly Slot[];
  /** Services of the same name that match by it too, this one among them. */
  sameName: readonly string[];
  claims: Claims;
}): MatchingFinding[] {
  const { service, problem, slots, sameName, claims } = options;
  const findings: MatchingFinding[] = problem ? [problem] : [];
  const namesakes = sameName.filter(ref => ref !== service.ref);
  if (namesakes.length > 0) {
    findings.push({
      code: 'AmbiguousName',
      message: `${namesakes.join(
        ', ',
      )} has the same name, so both show the same workloads. Give each the annotation backstage.io/kubernetes-id.`,
    });
  }
  const underived = slots.find(({ missing }) => missing !== undefined);
  if (underived) {
    findings.push({
      code: 'NamespaceCannotBeDerived',
      environment: underived.environment.name,
      message: `The namespace is named after the ${underived.missing}, and ${service.name} has none.`,
    });
  }
  const told = new Set<string>(namesakes);
  for (const slot of slots) {
    for (const { service: rival, claim } of claims.rivalsOf(slot)) {
      if (told.has(rival)) continue;
      told.add(rival);
      findings.push({
        code: 'ClaimedTwice',
        environment: slot.environment.name,
        message: `Workload ${claim.namespace}/${claim.name} is claimed by ${rival} too.`,
      });
    }
  }
  return findings;
}
