import { Container, Pod } from '../../client';
import { quantity } from '../../objects/quantity';

/** Amounts by resource name: cores, bytes, pods. */
export type Amounts = Record<string, number>;

function requestsOf(container: Container): Amounts {
  const { requests, limits } = container.resources ?? {};
  return Object.fromEntries(
    Object.entries({ ...limits, ...requests }).map(([name, value]) => [
      name,
      quantity(value),
    ]),
  );
}

function add(a: Amounts, b: Amounts): Amounts {
  const sum = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    sum[name] = (sum[name] ?? 0) + amount;
  }
  return sum;
}

function atLeast(a: Amounts, b: Amounts): Amounts {
  const most = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    most[name] = Math.max(most[name] ?? 0, amount);
  }
  return most;
}

/**
 * What a pod reserves on its node: its containers and sidecars together, or its most demanding init
 * container with the sidecars that were started before it.
 */
export function podRequests(pod: Pod): Amounts {
  let sidecars: Amounts = {};
  let initPeak: Amounts = {};
  for (const container of pod.spec.initContainers ?? []) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      sidecars = add(sidecars, requests);
      initPeak = atLeast(initPeak, sidecars);
    } else {
      initPeak = atLeast(initPeak, add(sidecars, requests));
    }
  }
  const running = pod.spec.containers.map(requestsOf).reduce(add, sidecars);
  return { ...atLeast(running, initPeak), pods: 1 };
}
