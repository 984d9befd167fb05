import {
  ApiClient,
  ApiConnection,
  Clock,
  discoverResources,
  systemClock,
} from '../client';
import { identityOf, readManifests, splitRevisions } from './manifests';
import { Seeder } from './Seeder';

/** @public */
export interface SeedOptions {
  connection: ApiConnection;
  /** Every `*.yaml` and `*.yml` in it is applied, in the order of their names. */
  directory: string;
  clock?: Clock;
}

/** How many objects were made, rolled on, and there already. @public */
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
 * first one has been rolled out, so that a seeded cluster has rollouts with a past (a new image that
 * fails while the old pods serve). Objects that were there before get no revision.
 *
 * @public
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const { connection, directory, clock = systemClock } = options;
  const { first, later } = splitRevisions(await readManifests(directory));
  const client = ApiClient.create(connection);
  try {
    const seeder = new Seeder(client, await discoverResources(client), clock);
    const created = new Set<string>();
    for (const manifest of first) {
      if (await seeder.create(manifest)) {
        created.add(identityOf(manifest.object));
      }
    }
    const revisions = later.filter(({ object }) =>
      created.has(identityOf(object)),
    );
    await Promise.all(revisions.map(manifest => seeder.revise(manifest)));
    return {
      created: created.size,
      updated: revisions.length,
      existing: first.length - created.size,
    };
  } finally {
    await client.close();
  }
}
