import { ContainerState, ContainerStatus, timestamp } from '../client';
import { sha256 } from './imageReference';

type Terminated = NonNullable<ContainerState['terminated']>;

/** After running for so long, a container that ends is not said to fail again and again. */
const SOUND_MS = 10 * 60_000;

/** The runs of one container that are over. */
export class ContainerHistory {
  restarts = 0;
  /** Restarts in a row, which make the pause before the next one longer. */
  failures = 0;
  /** The run before the one that the status shows. */
  lastState: ContainerState = {};
  /** How it ended last. */
  ended?: Terminated;

  constructor(
    /** Tells it from every other container. */
    private readonly identity: string,
    /** The status a kubelet before this one left behind. */
    previous?: ContainerStatus,
  ) {
    if (previous) {
      const { state, lastState = {}, restartCount } = previous;
      this.restarts = restartCount;
      this.failures = restartCount;
      this.lastState = lastState;
      this.ended = state?.terminated ?? lastState.terminated;
    }
  }

  /** Of the run that is under way, or the last one. */
  get containerId(): string {
    return `containerd://${sha256(`${this.identity}/${this.restarts}`)}`;
  }

  /** A run is over; `lasted` is what it would have taken in real time. */
  end(run: {
    since: number;
    at: number;
    lasted: number;
    exitCode: number;
    reason: string;
  }): void {
    this.ended = {
      exitCode: run.exitCode,
      reason: run.reason,
      startedAt: timestamp(run.since),
      finishedAt: timestamp(run.at),
      containerID: this.containerId,
    };
    if (run.lasted >= SOUND_MS) {
      this.failures = 0;
    }
  }

  /** The status goes on to the next run. */
  shelve(): void {
    this.lastState = this.ended ? { terminated: this.ended } : {};
  }

  restarted(): void {
    this.restarts += 1;
    this.failures += 1;
  }
}
