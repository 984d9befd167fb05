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

/** Entries of one second come in any order. */
function sortManagers(object: any): void {
  object.metadata.managedFields?.sort((a: any, b: any) =>
    [a.manager, a.operation, a.subresource].join() <
    [b.manager, b.operation, b.subresource].join()
      ? -1
      : 1,
  );
}

/** Events are told apart by what they say: their names and counts depend on when they were seen. */
function eventsSaid(events: any[]): string[] {
  const said = events.map(
    ({ involvedObject, type, reason, message, source, reportingComponent }) =>
      `${involvedObject.kind} ${type} ${reason} from ${
        source?.component || reportingComponent
      }: ${message}`,
  );
  return [...new Set(said)].sort();
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
    objects.forEach(sortManagers);
    objects.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    t.transcript.note(resource, objects);
  });
}
