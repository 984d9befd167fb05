import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ContractContext } from './ContractContext';
import { REVISION } from './rollouts';

/** How often in a row nothing may have changed before a namespace counts as settled, and the pause in between. */
const QUIET_LOOKS = 10;
const PAUSE_MS = 300;
/** Ends a run in which it never gets quiet. */
const MOST_LOOKS = 400;

/** What is the same in every run: names that hold hashes and random letters are not. */
const orderOf = ({ kind, revision, metadata, spec }: any): string =>
  [
    kind,
    metadata.ownerReferences ? '' : metadata.name,
    metadata.annotations?.[REVISION] ?? revision,
    spec?.template?.spec.containers[0].image ?? spec?.containers?.[0].image,
    metadata.generateName ?? metadata.name,
  ].join(' ');

/** Whether a slice has this depends on how many changes of a second were written at once. */
function withoutTriggerTime(slice: any): any {
  const { annotations, managedFields, ...metadata } = slice.metadata;
  return {
    ...slice,
    metadata: {
      ...metadata,
      managedFields: managedFields?.map(({ fieldsV1, ...entry }: any) => {
        const { 'f:annotations': _, ...fields } = fieldsV1['f:metadata'] ?? {};
        return { ...entry, fieldsV1: { ...fieldsV1, 'f:metadata': fields } };
      }),
    },
  };
}

/** What a text says without hashes and random letters. */
const plain = (text: string) => text.replace(/-([a-z0-9]{5,10}|\d+)\b/g, '');

/** Events are told apart by what they say: their names and counts depend on when they were seen. */
function eventsSaid(events: any[]): string[] {
  const said = [...events]
    .sort(
      (a, b) =>
        Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
    )
    .map(
      ({ involvedObject, type, reason, message, source, reportingComponent }) =>
        `${involvedObject.kind} ${type} ${reason} from ${
          source?.component || reportingComponent
        }: ${message}`,
    );
  // What says the same of two objects stays in the order in which it was said.
  return [...new Set(said)].sort((a, b) =>
    plain(a) < plain(b) ? -1 : Number(plain(a) > plain(b)),
  );
}

/**
 * Waits until nothing changes any more in the case's namespace, and notes every object of these resources in it,
 * to be compared with what another server's controllers make of the same case.
 */
export async function noteSettled(
  t: ContractContext,
  resources: readonly string[],
): Promise<void> {
  const look = () =>
    Promise.all(
      resources.map(async resource => (await t.list(resource)).items),
    );
  const settled = await t.transcript.quietly(async () => {
    let last = await look();
    let quiet = 0;
    for (let looks = 0; quiet < QUIET_LOOKS; looks++) {
      if (looks > MOST_LOOKS) {
        throw new Error(`${resources} of ${t.namespace} never got quiet`);
      }
      await sleep(PAUSE_MS);
      const now = await look();
      quiet = isDeepStrictEqual(now, last) ? quiet + 1 : 0;
      last = now;
    }
    return last;
  });
  resources.forEach((resource, index) => {
    const objects: any[] = settled[index];
    if (resource === 'events') {
      t.transcript.note(resource, eventsSaid(objects));
      return;
    }
    objects.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    t.transcript.note(
      resource,
      resource === 'endpointslices' ? objects.map(withoutTriggerTime) : objects,
    );
  });
}
