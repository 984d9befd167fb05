import {
  MatchingFinding,
  NAMESPACES_ANNOTATION,
  nearMissOf,
  parseNamespaces,
  ServiceIdentity,
} from '@koala-ops/backstage-plugin-koala-common';
import { Claims } from './Claims';
import { Slot, SlotMatching } from './Slot';
import { Workloads } from './Workloads';

/** What there is to say about how a service found its workloads. */
export function findingsOf(options: {
  service: ServiceIdentity;
  problem?: MatchingFinding;
  slots: readonly Slot[];
  /** Services of the same name that match by it too, this one among them. */
  sameName: readonly string[];
  matching: SlotMatching;
  claims: Claims;
  workloads: Workloads;
}): MatchingFinding[] {
  const { service, problem, slots, sameName, claims } = options;
  const findings: MatchingFinding[] = problem ? [problem] : [];
  const namesakes = sameName.filter(ref => ref !== service.ref);
  for (const namesake of namesakes) {
    findings.push({
      code: 'AmbiguousName',
      message: `${namesake} has the same name, so both show the same workloads. Give each the annotation backstage.io/kubernetes-id.`,
      service: namesake,
    });
  }
  findings.push(...badNamespacesOf(service, slots));
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
        service: rival,
        workload: {
          kind: claim.kind,
          name: claim.name,
          namespace: claim.namespace,
        },
      });
    }
    findings.push(...nearMissesIn(slot, options));
  }
  return findings;
}

/** A workload that nobody claims and that was probably meant for a service that has found none. */
function nearMissesIn(
  slot: Slot,
  options: Pick<
    Parameters<typeof findingsOf>[0],
    'service' | 'matching' | 'claims' | 'workloads'
  >,
): MatchingFinding[] {
  const { service, matching, claims, workloads } = options;
  const { cluster } = slot.target;
  if (slot.state.status !== 'not-deployed' || slot.claims.length > 0) return [];
  for (const namespace of slot.namespaces) {
    const near =
      workloads
        .in(cluster, namespace)
        ?.nearlyNamed(matching.id ?? service.name) ?? [];
    for (const workload of near) {
      const { kind, meta } = workload;
      const miss =
        claims.servicesOn(cluster, meta.uid).size === 0 &&
        nearMissOf({ matching, service, workload });
      if (miss) {
        return [
          {
            code: 'NearMiss',
            environment: slot.environment.name,
            message: miss.message,
            workload: { kind, name: meta.name, namespace },
          },
        ];
      }
    }
  }
  return [];
}

/** What cannot be read, or means nothing, in the annotation that names the service's namespaces. */
function badNamespacesOf(
  { annotations }: ServiceIdentity,
  slots: readonly Slot[],
): MatchingFinding[] {
  const text = annotations[NAMESPACES_ANNOTATION];
  if (text === undefined) return [];
  const { byEnvironment, bad } = parseNamespaces(text);
  const known = new Set(slots.map(({ environment }) => environment.name));
  const strange = [...byEnvironment.keys()].filter(name => !known.has(name));
  return [
    ...bad.map(
      entry =>
        `Annotation ${NAMESPACES_ANNOTATION} has the entry "${entry}", which is none; write environment=namespace, such as dev=shop-dev.`,
    ),
    ...strange.map(
      name =>
        `Annotation ${NAMESPACES_ANNOTATION} names the environment ${name}, which there is not.`,
    ),
  ].map(message => ({ code: 'BadNamespaces' as const, message }));
}
