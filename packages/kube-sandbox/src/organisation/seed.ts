import {
  ApiClient,
  ApiConnection,
  Clock,
  discoverResources,
  systemClock,
} from '../client';
import { groupRevisions, readManifests } from './manifests';
import { Seeder } from './Seeder';

/** Field manager of what a seeding writes: nobody's decision, unlike that of `kubectl create`. */
export const SEED_MANAGER = 'demo-organisation';

/** @public */
export interface SeedOptions {
  connection: ApiConnection;
  /** Every `*.yaml` and `*.yml` in it is applied, in the order of their names. */
  directory: string;
  clock?: Clock;
}

/** How many objects were made and there already, and how many further documents were merged. @public */
export interface SeedResult {
  created: number;
  updated: number;
  existing: number;
}

/**
 * Creates what the manifests of a directory say and is missing; what exists is left as it is, whatever
 * it looks like.
 *
 * A document that names an object again is its next revision: it is merged into the object once the
 * one before has been rolled out, so that a seeded cluster has rollouts with a past (several versions,
 * a new image that fails while the old pods serve). A seeding that was interrupted goes on where it
 * ended; objects that others made get no revision.
 *
 * @public
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const { connection, directory, clock = systemClock } = options;
  const objects = groupRevisions(await readManifests(directory));
  const client = ApiClient.create({
    ...connection,
    userAgent: SEED_MANAGER,
  });
  try {
    const seeder = new Seeder(client, await discoverResources(client), clock);
    const result: SeedResult = { created: 0, updated: 0, existing: 0 };
    const pasts: Promise<void>[] = [];
    for (const revisions of objects) {
      const { created, had } = await seeder.begin(revisions);
      result[created ? 'created' : 'existing'] += 1;
      const past = (async () => {
        for (const [index, manifest] of revisions.slice(had).entries()) {
          await seeder.revise(manifest, had + index + 1);
          result.updated += 1;
        }
      })();
      // Its failure is told below, also where another object fails first.
      past.catch(() => {});
      pasts.push(past);
    }
    await Promise.all(pasts);
    return result;
  } finally {
    await client.close();
  }
}
