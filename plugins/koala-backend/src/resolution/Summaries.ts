import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { Claims } from './Claims';
import { findingsOf } from './findingsOf';
import { summarise } from './summarise';
import { TrackedService } from './TrackedService';
import { Workloads } from './Workloads';

/** The services as the matrix lists them, with what there is to say about how each is matched. */
export class Summaries {
  readonly #summaries = new Map<string, ServiceSummary>();
  #pending = new Set<string>();

  all(): ReadonlyMap<string, ServiceSummary> {
    return this.#summaries;
  }

  markStale(refs: Iterable<string>): void {
    for (const ref of refs) this.#pending.add(ref);
  }

  remove(ref: string): void {
    this.#summaries.delete(ref);
  }

  /** Returns the summaries that are others than before. */
  refresh(options: {
    services: ReadonlyMap<string, TrackedService>;
    claims: Claims;
    workloads: Workloads;
  }): ServiceSummary[] {
    const { services, claims, workloads } = options;
    if (this.#pending.size === 0) return [];
    const pending = this.#pending;
    this.#pending = new Set();
    const namesakes = namesakesAmong(services);
    const changed: ServiceSummary[] = [];
    for (const ref of pending) {
      const tracked = services.get(ref);
      if (!tracked) continue;
      const { identity: service, matching, problem, cells } = tracked;
      const summary = summarise({
        service,
        matching,
        findings: findingsOf({
          service,
          problem,
          slots: cells.flatMap(({ slots }) => slots),
          sameName:
            matching.rule === 'name' ? namesakes.get(service.name) ?? [] : [],
          matching,
          claims,
          workloads,
        }),
      });
      const known = this.#summaries.get(ref);
      if (JSON.stringify(known) === JSON.stringify(summary)) continue;
      this.#summaries.set(ref, summary);
      changed.push(summary);
    }
    return changed;
  }
}

/** Services that go by their name alone, by that name. */
function namesakesAmong(
  services: ReadonlyMap<string, TrackedService>,
): Map<string, string[]> {
  const namesakes = new Map<string, string[]>();
  for (const { identity, matching } of services.values()) {
    if (matching.rule !== 'name') continue;
    const refs = namesakes.get(identity.name);
    if (refs) refs.push(identity.ref);
    else namesakes.set(identity.name, [identity.ref]);
  }
  return namesakes;
}
