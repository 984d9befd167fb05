import assert from 'node:assert/strict';
import { RawRequestInit, RawResponse } from '../client/RawKubeClient';
import { ContractContext } from './ContractContext';

/** A pod of these containers, all of them of image `shop/cart:1.0.0` unless told. */
export function podOf(
  name: string,
  options: {
    image?: string;
    containers?: object[];
    [field: string]: unknown;
  } = {},
): any {
  const { image = 'shop/cart:1.0.0', containers, ...spec } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: containers ?? [{ name: 'main', image }],
      ...spec,
    },
  };
}

/** The log of a pod. Its lines are left out of the transcript: each run of a container writes its own. */
export function log(
  t: ContractContext,
  pod: string,
  query: RawRequestInit['query'] = {},
): Promise<RawResponse> {
  return t.transcript.quietly(() =>
    t.client.get(t.path('pods', `${pod}/log`), { query }),
  );
}

/** The lines of a log. */
export const linesOf = ({ text }: RawResponse): string[] =>
  text.split('\n').slice(0, -1);

/** Waits until a container of a pod is in a state, and returns the pod. */
export function containerIs(
  t: ContractContext,
  pod: string,
  is: (status: any) => boolean,
  container = 'main',
): Promise<any> {
  return t.eventually({
    resource: 'pods',
    name: pod,
    what: `whose container ${container} is as wanted`,
    is: ({ status }) =>
      [
        ...(status?.containerStatuses ?? []),
        ...(status?.initContainerStatuses ?? []),
      ].some(it => it.name === container && is(it)),
  });
}

/** It runs. */
export const running = (status: any) => Boolean(status.state.running);

/** A log that is being followed. */
export interface FollowedLog {
  /** How many lines have come. */
  readonly lines: number;
  /** The server has ended it in order. */
  readonly ended: boolean;
  close(): void;
}

/** Follows a log; anything but 200 fails the test. */
export async function follow(
  t: ContractContext,
  pod: string,
): Promise<FollowedLog> {
  const { status, body } = await t.client.stream(t.path('pods', `${pod}/log`), {
    query: { follow: true },
  });
  assert.equal(status, 200);
  let lines = 0;
  let ended = false;
  body.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
  });
  body.on('end', () => {
    ended = true;
  });
  // One that breaks never ends in order.
  body.on('error', () => {});
  return {
    get lines() {
      return lines;
    },
    get ended() {
      return ended;
    },
    close: () => body.destroy(),
  };
}
