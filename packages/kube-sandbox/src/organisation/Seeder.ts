import {
  ApiClient,
  ApiError,
  Clock,
  Deployment,
  KubeObject,
  Resource,
  apiVersionOf,
  resources,
} from '../client';
import { Manifest } from './manifests';

const POLL_MS = 250;

/** A first revision that does not get well must not keep the second one away. */
const ROLLOUT_MS = 30_000;

/** Writes manifests into one cluster; every error names the file and the object. */
export class Seeder {
  constructor(
    private readonly client: ApiClient,
    private readonly known: Resource[],
    private readonly clock: Clock,
  ) {}

  /** False where it is there already. */
  async create({ object, file }: Manifest): Promise<boolean> {
    const resource = this.resourceOf({ object, file });
    const { metadata } = object;
    const namespace = this.namespaceOf(resource, object);
    try {
      await this.client.create(resource, {
        ...object,
        metadata: { ...metadata, namespace },
      });
      return true;
    } catch (error) {
      if (ApiError.is(error, 409)) {
        return false;
      }
      throw failure({ object, file }, error);
    }
  }

  async revise({ object, file }: Manifest): Promise<void> {
    const resource = this.resourceOf({ object, file });
    const { name = '' } = object.metadata;
    const ref = { namespace: this.namespaceOf(resource, object), name };
    try {
      if (resource.kind === 'Deployment') {
        await this.rolledOut(ref);
      }
      await this.client.patch(resource, ref, object, {
        type: 'strategic-merge',
      });
    } catch (error) {
      throw failure({ object, file }, error);
    }
  }

  private async rolledOut(ref: {
    namespace?: string;
    name: string;
  }): Promise<void> {
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

  private namespaceOf(
    resource: Resource,
    { metadata }: KubeObject,
  ): string | undefined {
    return resource.namespaced ? metadata.namespace ?? 'default' : undefined;
  }
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
