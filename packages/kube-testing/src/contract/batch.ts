import { ContractContext } from './ContractContext';

/** A Job of one container; the image decides how its pods end. */
export function job(
  name: string,
  spec: object = {},
  more: { image?: string; restartPolicy?: string; podSpec?: object } = {},
): any {
  const { image = 'shop/import:1.0.0', restartPolicy = 'Never' } = more;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      ...spec,
      template: {
        spec: {
          restartPolicy,
          terminationGracePeriodSeconds: 1,
          containers: [{ name: 'main', image }],
          ...more.podSpec,
        },
      },
    },
  };
}

/** Waits until a condition of a Job is true, and returns the Job. */
export function jobIs(
  t: ContractContext,
  name: string,
  type: string,
): Promise<any> {
  return t.eventually({
    resource: 'jobs',
    name,
    what: `being ${type}`,
    is: body =>
      body.status?.conditions?.some(
        (it: any) => it.type === type && it.status === 'True',
      ) ?? false,
  });
}

/** `Type=Reason` of the conditions of an object, in their order. */
export function conditionStory(object: any): string[] {
  return (object.status.conditions ?? []).map(
    (it: any) => `${it.type}=${it.status} ${it.reason}`,
  );
}

/** `Reason: message` of the events of an object, in the order in which they were written first. */
export async function eventStory(
  t: ContractContext,
  object: any,
): Promise<string[]> {
  const { items } = await t.list('events', {
    fieldSelector: `involvedObject.uid=${object.metadata.uid}`,
  });
  return items
    .sort((a: any, b: any) =>
      Number(
        BigInt(a.metadata.resourceVersion) - BigInt(b.metadata.resourceVersion),
      ),
    )
    .map((it: any) => `${it.type} ${it.reason}: ${it.message}`);
}
