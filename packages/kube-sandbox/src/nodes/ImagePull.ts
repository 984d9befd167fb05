import { Container, ContainerState } from '../client';
import { backoffSeconds } from './backoff';
import { ContainerEvent, containerEvents } from './containerEvents';
import { imageBehaviour } from './imageBehaviour';
import { invalidNameError, pullError } from './imageReference';

const PULL_MS = 300;
const PULL_SPREAD_MS = 500;
const FAILURE_SHOWN_MS = 1_000;

type Stage =
  | { at: 'pulling' | 'failed' | 'backing-off'; until: number }
  | { at: 'invalid' | 'never' | 'there' };

/** Gets the image of one container onto its node, or goes on to fail. */
export class ImagePull {
  private failures = 0;
  private stage: Stage;

  private constructor(
    private readonly options: {
      container: Container;
      image: string;
      /** Images that the node has. */
      images: Set<string>;
      jitter: number;
      speed: number;
    },
    readonly events: ContainerEvent[],
    begin: (pull: ImagePull) => Stage,
  ) {
    this.stage = begin(this);
  }

  static begin(options: ImagePull['options'] & { now: number }): ImagePull {
    const { image, images, container, now } = options;
    const { imagePullPolicy = 'IfNotPresent' } = container;
    if (imageBehaviour(image).pull === 'invalid-name') {
      return new ImagePull(options, containerEvents.invalidName(image), () => ({
        at: 'invalid',
      }));
    }
    if (imagePullPolicy !== 'Always' && images.has(image)) {
      return new ImagePull(options, containerEvents.present(image), () => ({
        at: 'there',
      }));
    }
    if (imagePullPolicy === 'Never') {
      return new ImagePull(options, containerEvents.neverPulled(image), () => ({
        at: 'never',
      }));
    }
    return new ImagePull(options, containerEvents.pulling(image), pull => ({
      at: 'pulling',
      until: now + pull.delay(pull.pullMs),
    }));
  }

  get isThere(): boolean {
    return this.stage.at === 'there';
  }

  /** When something happens next by itself; undefined: never. */
  get nextAt(): number | undefined {
    return 'until' in this.stage ? this.stage.until : undefined;
  }

  /** Lets happen what is due; undefined where nothing is. */
  step(now: number): ContainerEvent[] | undefined {
    const { stage } = this;
    const { image, images } = this.options;
    if (!('until' in stage) || stage.until > now) {
      return undefined;
    }
    const { until } = stage;
    if (stage.at === 'pulling') {
      if (imageBehaviour(image).pull === 'found') {
        images.add(image);
        this.stage = { at: 'there' };
        return containerEvents.pulled(image, this.pullMs);
      }
      this.failures += 1;
      this.stage = {
        at: 'failed',
        until: until + this.delay(FAILURE_SHOWN_MS),
      };
      return containerEvents.pullFailed(image);
    }
    if (stage.at === 'failed') {
      const pause = backoffSeconds(this.failures) * 1000;
      this.stage = { at: 'backing-off', until: until + this.delay(pause) };
      return containerEvents.pullBackoff(image);
    }
    this.stage = { at: 'pulling', until: until + this.delay(this.pullMs) };
    return containerEvents.pulling(image);
  }

  /** What keeps the container from starting, in the kubelet's words; undefined while it only takes time. */
  get waiting(): ContainerState['waiting'] {
    const { image } = this.options;
    const backingOff = {
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "${image}": ErrImagePull: ${pullError(
        image,
      )}`,
    };
    switch (this.stage.at) {
      case 'invalid':
        return { reason: 'InvalidImageName', message: invalidNameError(image) };
      case 'never':
        return {
          reason: 'ErrImageNeverPull',
          message: `Container image "${image}" is not present with pull policy of Never`,
        };
      case 'failed':
        return { reason: 'ErrImagePull', message: pullError(image) };
      case 'backing-off':
        return backingOff;
      default:
        // A kubelet that tries again goes on to report why it failed before.
        return this.failures > 0 ? backingOff : undefined;
    }
  }

  private get pullMs(): number {
    return Math.round(PULL_MS + PULL_SPREAD_MS * this.options.jitter);
  }

  private delay(ms: number): number {
    return ms / this.options.speed;
  }
}
