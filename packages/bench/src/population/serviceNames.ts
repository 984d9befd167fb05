/** Services share namespaces, as those of one application do. */
const SERVICES_PER_NAMESPACE = 20;

/** A service as both the catalog and the clusters know it. */
export interface BenchService {
  name: string;
  /** System of the Component and namespace of its workload, in both clusters. */
  system: string;
}

/** `count` services, spread over systems of twenty. */
export function benchServices(count: number): BenchService[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `service-${String(index).padStart(4, '0')}`,
    system: `shop-${String(Math.floor(index / SERVICES_PER_NAMESPACE)).padStart(
      3,
      '0',
    )}`,
  }));
}
