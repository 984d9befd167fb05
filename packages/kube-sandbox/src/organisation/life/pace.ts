import { KubeObject, Resource } from '../../client';

/** How life passes: not at all, or so many times faster than the clock. */
export interface Pace {
  paused: boolean;
  speed: number;
}

/** The ConfigMap that says how life passes; in the first cluster. */
export const LIFE_CONTROL = { namespace: 'koala-system', name: 'koala-life' };

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

export const configMaps: Resource<ConfigMap> = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};

export const SPEED = { least: 0.1, most: 1000 };

/** What the ConfigMap holds for a pace. */
export function dataOf({ paused, speed }: Pace): Record<string, string> {
  return { paused: String(paused), speed: String(speed) };
}

/** The pace that a ConfigMap's data says; keys that are missing mean: not paused, speed 1. */
export function readPace(
  data: Record<string, string>,
): Pace | { problem: string } {
  const { paused = 'false', speed = '1' } = data;
  if (paused !== 'true' && paused !== 'false') {
    return { problem: `paused is "${paused}"; write "true" or "false".` };
  }
  const factor = Number(speed);
  if (speed.trim() === '' || !(factor >= SPEED.least && factor <= SPEED.most)) {
    return {
      problem: `speed is "${speed}"; write a number from ${SPEED.least} to ${SPEED.most}.`,
    };
  }
  return { paused: paused === 'true', speed: factor };
}
