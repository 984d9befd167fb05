import { placementKey } from './Placement';
import { Claim, Slot } from './Slot';

/**
 * Who shows which workload: the way from a changed pod to the cells that show it, and the way to see
 * that two services claim the same workload.
 */
export class Claims {
  readonly #slots = new Map<string, Set<Slot>>();

  /** Returns the services whose claims on a workload are now shared, or no longer are. */
  replace(slot: Slot, claims: readonly Claim[]): Set<string> {
    const touched = new Set<string>();
    const next = new Set(claims.map(claim => claimKey(slot, claim)));
    for (const claim of slot.claims) {
      const key = claimKey(slot, claim);
      if (next.has(key)) continue;
      const slots = this.#slots.get(key);
      slots?.delete(slot);
      if (slots?.size === 0) this.#slots.delete(key);
      this.#servicesOf(key).forEach(ref => touched.add(ref));
      touched.add(slot.service.ref);
    }
    for (const key of next) {
      let slots = this.#slots.get(key);
      if (!slots) {
        slots = new Set();
        this.#slots.set(key, slots);
      }
      if (slots.has(slot)) continue;
      slots.add(slot);
      const services = this.#servicesOf(key);
      if (services.size > 1) services.forEach(ref => touched.add(ref));
    }
    return touched;
  }

  on(cluster: string, uid: string): Iterable<Slot> {
    return this.#slots.get(placementKey(cluster, uid)) ?? [];
  }

  /** Services that claim a workload. */
  servicesOn(cluster: string, uid: string): ReadonlySet<string> {
    return this.#servicesOf(placementKey(cluster, uid));
  }

  /** Other services that claim one of a slot's workloads, with the workload. */
  *rivalsOf(slot: Slot): Iterable<{ service: string; claim: Claim }> {
    for (const claim of slot.claims) {
      for (const service of this.#servicesOf(claimKey(slot, claim))) {
        if (service !== slot.service.ref) yield { service, claim };
      }
    }
  }

  #servicesOf(key: string): Set<string> {
    const services = new Set<string>();
    for (const { service } of this.#slots.get(key) ?? []) {
      services.add(service.ref);
    }
    return services;
  }
}

function claimKey(slot: Slot, claim: Claim): string {
  return placementKey(slot.target.cluster, claim.uid);
}
