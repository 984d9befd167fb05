import {
  keyOf,
  PersistentVolume,
  PersistentVolumeClaim,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { classOf } from './matchVolume';
import { syncClaim } from './syncClaim';
import { syncVolume } from './syncVolume';

const NAME = 'persistentvolume-controller';
const CLAIM = 'claim:';
const VOLUME = 'volume:';

/** Binds claims and volumes to each other. @public */
export const persistentVolumeController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, recorder }) {
    const claims = informers.get(resources.persistentVolumeClaims);
    const volumes = informers.get(resources.persistentVolumes);
    const classes = informers.get(resources.storageClasses);
    const pods = informers.get(resources.pods);
    const events = recorder(NAME);

    // One at a time, and both kinds in one queue: two claims must not choose the same volume.
    const queue = new WorkQueue({
      name: NAME,
      sync,
      clock,
      logger,
      concurrency: 1,
    });
    claims.addHandler({
      added: enqueueClaim,
      updated: enqueueClaim,
      deleted(claim) {
        if (claim.spec.volumeName) {
          queue.add(VOLUME + claim.spec.volumeName);
        }
      },
    });
    volumes.addHandler({
      added: volumeChanged,
      updated: volumeChanged,
      deleted({ spec: { claimRef } }) {
        if (claimRef?.name) {
          queue.add(`${CLAIM}${claimRef.namespace}/${claimRef.name}`);
        }
      },
    });
    classes.addHandler({
      added({ metadata }) {
        pendingClaims()
          .filter(
            claim =>
              claim.spec.storageClassName === undefined ||
              classOf(claim) === metadata.name,
          )
          .forEach(enqueueClaim);
      },
    });
    return startWhenSynced(queue, [claims, volumes, classes, pods]);

    function enqueueClaim(claim: PersistentVolumeClaim): void {
      queue.add(CLAIM + keyOf(claim));
    }

    function pendingClaims(): PersistentVolumeClaim[] {
      return claims.list().filter(({ status }) => status?.phase === 'Pending');
    }

    function volumeChanged(volume: PersistentVolume): void {
      const { name } = volume.metadata;
      queue.add(VOLUME + name);
      // A volume that is free, or that a claim asked for by name, may be what the claim waits for.
      pendingClaims()
        .filter(
          ({ spec }) =>
            spec.volumeName === name ||
            (!spec.volumeName &&
              volume.status?.phase === 'Available' &&
              classOf({ spec }) === classOf(volume)),
        )
        .forEach(enqueueClaim);
    }

    async function sync(key: string): Promise<void> {
      if (key.startsWith(CLAIM)) {
        const { namespace, name } = splitKey(key.slice(CLAIM.length));
        const claim = claims.get(namespace, name);
        if (claim) {
          await syncClaim({
            client,
            recorder: events,
            claim,
            volumes: volumes.list(),
            classes: classes.list(),
            pods: pods.list(namespace),
          });
        }
        return;
      }
      const volume = volumes.get(undefined, key.slice(VOLUME.length));
      if (volume) {
        const { namespace, name = '' } = volume.spec.claimRef ?? {};
        await syncVolume({
          client,
          recorder: events,
          volume,
          claim: claims.get(namespace, name),
          enqueueClaim,
        });
      }
    }
  },
};
