import {
  ApiClient,
  ApiError,
  EventRecorder,
  Job,
  Pod,
  isNamespaceTerminating,
  resources,
} from '../../client';
import { TRACKING_FINALIZER, isTracked } from './jobPods';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Creates and deletes the pods of Jobs, and says so in events. */
export class PodControl {
  constructor(
    private readonly options: { client: ApiClient; events: EventRecorder },
  ) {}

  async create(job: Job, pod: Pod): Promise<void> {
    try {
      const { metadata } = await this.options.client.create(
        resources.pods,
        pod,
      );
      this.say(job, 'SuccessfulCreate', `Created pod: ${metadata.name}`);
    } catch (error) {
      if (isNamespaceTerminating(error)) {
        return;
      }
      this.warn(job, 'FailedCreate', `Error creating: ${messageOf(error)}`);
      throw error;
    }
  }

  /** Does nothing where the pod is gone. */
  async delete(job: Job, { metadata }: Pod): Promise<void> {
    const { namespace, name = '' } = metadata;
    try {
      await this.options.client.delete(resources.pods, { namespace, name });
      this.say(job, 'SuccessfulDelete', `Deleted pod: ${name}`);
    } catch (error) {
      if (!ApiError.is(error, 404)) {
        this.warn(job, 'FailedDelete', `Error deleting: ${messageOf(error)}`);
        throw error;
      }
    }
  }

  /** Lets the pod go as far as its Job is concerned. */
  async untrack(pod: Pod): Promise<void> {
    if (!isTracked(pod)) {
      return;
    }
    const { namespace, name = '', uid } = pod.metadata;
    try {
      await this.options.client.patch(
        resources.pods,
        { namespace, name },
        {
          metadata: {
            uid,
            '$deleteFromPrimitiveList/finalizers': [TRACKING_FINALIZER],
          },
        },
        { type: 'strategic-merge' },
      );
    } catch (error) {
      // Gone, or replaced by another of the same name.
      if (!ApiError.is(error, 404, 409)) {
        throw error;
      }
    }
  }

  say(job: Job, reason: string, message: string): void {
    this.record(job, 'Normal', reason, message);
  }

  warn(job: Job, reason: string, message: string): void {
    this.record(job, 'Warning', reason, message);
  }

  private record(
    object: Job,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const resource = resources.jobs;
    this.options.events.record({ object, resource, type, reason, message });
  }
}
