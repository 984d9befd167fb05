import {
  ApiClient,
  ApiError,
  Clock,
  Deployment,
  KubeObject,
  ObjectRef,
  Resource,
  apiVersionOf,
  resources,
} from '../client';
import { Manifest } from './manifests';

const POLL_MS = 250;

/** A revision that does not get well must not keep the next one away. */
const ROLLOUT_MS = 30_000;

/** How many of its documents an object has had: a seeding that was interrupted goes on from there. */
export const SEEDED_REVISION = 'sandbox.koala.io/seeded-revision';

/** Writes manifests into one cluster; every error names the file and the object. */
export class Seeder {
  constructor(
    private readonly client: ApiClient,
    private readonly known: Resource[],
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the object of the first document where it is missing. Resolves to how many of its documents
   * it has had; all of them where it is there and was not made by a seeding.
   */
  async begin(
    revisions: Manifest[],
  ): Promise<{ created: boolean; had: number }> {
    const [manifest] = revisions;
    const resource = this.resourceOf(manifest);
    const ref = refOf(resource, manifest.object);
    const { metadata } = manifest.object;
    try {
      await this.client.create(resource, {
        ...manifest.object,
        metadata: {
          ...metadata,
          namespace: ref.namespace,
          ...(revisions.length > 1 && {
            annotations: { ...metadata.annotations, [SEEDED_REVISION]: '1' },
          }),
        },
      });
      return { created: true, had: 1 };
    } catch (error) {
      if (!ApiError.is(error, 409)) {
        throw failure(manifest, error);
      }
    }
    if (revisions.length === 1) {
      return { created: false, had: 1 };
    }
    const there = await this.client.get(resource, ref);
    const said = Number(there.metadata.annotations?.[SEEDED_REVISION]);
    return { created: false, had: said > 0 ? said : revisions.length };
  }

  /** Merges a further document, the `number`th, into the object. */
  async revise(manifest: Manifest, number: number): Promise<void> {
    const { object } = manifest;
    const resource = this.resourceOf(manifest);
    const ref = refOf(resource, object);
    const { metadata } = object;
    try {
      if (resource.kind === 'Deployment') {
        await this.rolledOut(ref);
      }
      const annotations = {
        ...metadata.annotations,
        [SEEDED_REVISION]: String(number),
      };
      await this.client.patch(
        resource,
        ref,
        { ...object, metadata: { ...metadata, annotations } },
        { type: 'strategic-merge' },
      );
    } catch (error) {
      throw failure(manifest, error);
    }
  }

  private async rolledOut(ref: ObjectRef): Promise<void> {
    const deadline = this.clock.now() + ROLLOUT_MS;
    while (this.clock.now() < deadline) {
      const deployment = await this.client.get(resources.deployments, ref);
      if (isRolledOut(deployment)) {
        return;
      }
      await new Promise<void>(resolve =>
        this.clock.setTimeout(resolve, POLL_MS),
      );
    }
  }

  private resourceOf({ object, file }: Manifest): Resource {
    const { apiVersion, kind } = object;
    const resource = this.known.find(
      candidate =>
        candidate.kind === kind && apiVersionOf(candidate) === apiVersion,
    );
    if (!resource) {
      throw new Error(
        `${file}: the cluster knows no ${kind} of ${apiVersion}; check apiVersion and kind.`,
      );
    }
    return resource;
  }
}

function refOf(resource: Resource, { metadata }: KubeObject): ObjectRef {
  const { name = '', namespace = 'default' } = metadata;
  return resource.namespaced ? { namespace, name } : { name };
}

function isRolledOut({ metadata, spec, status }: Deployment): boolean {
  const replicas = spec.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status?.updatedReplicas ?? 0) === replicas &&
    (status?.availableReplicas ?? 0) === replicas
  );
}

function failure({ object, file }: Manifest, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(
    `${file}: ${object.kind} ${object.metadata.name}: ${reason}`,
  );
}
