import { apiPath } from './apiPath';
import { Clock } from './Clock';
import { ClusterTransport, GATEWAY_STATUSES } from './ClusterTransport';
import { TransportError } from './TransportError';

/** How often the cluster is asked for a sign of life, and how long it may take to give one. */
export interface HeartbeatTimes {
  intervalMs: number;
  timeoutMs: number;
  /** How often a request is sent even though PINGs are answered: a proxy may answer those by itself. */
  requestIntervalMs: number;
}

const DEFAULT_TIMES: HeartbeatTimes = {
  intervalMs: 5_000,
  timeoutMs: 5_000,
  requestIntervalMs: 15_000,
};

/**
 * Knows within seconds that a cluster has stopped answering, and that it is back. Watches cannot tell: they may
 * be silent for a minute. HTTP/2 connections are asked by PING; HTTP/1.1 ones, and a cluster that is lost, by
 * a cheap request.
 */
export class Heartbeat {
  readonly #transport: ClusterTransport;
  readonly #clock: Clock;
  readonly #times: HeartbeatTimes;
  readonly #stopped = new AbortController();
  #cancel = () => {};
  #requestedAt = -Infinity;
  #requesting = false;

  static start(options: {
    transport: ClusterTransport;
    clock: Clock;
    times?: Partial<HeartbeatTimes>;
  }): Heartbeat {
    const heartbeat = new Heartbeat(options);
    heartbeat.#schedule();
    return heartbeat;
  }

  private constructor(options: {
    transport: ClusterTransport;
    clock: Clock;
    times?: Partial<HeartbeatTimes>;
  }) {
    this.#transport = options.transport;
    this.#clock = options.clock;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
  }

  stop(): void {
    this.#cancel();
    this.#stopped.abort();
  }

  #schedule(): void {
    this.#cancel = this.#clock.after(this.#times.intervalMs, () => {
      this.#beat();
      this.#schedule();
    });
  }

  #beat(): void {
    const { timeoutMs, intervalMs, requestIntervalMs } = this.#times;
    const now = this.#clock.now();
    this.#transport.ping(timeoutMs);
    const lost = this.#transport.loss !== undefined;
    const pings = this.#transport.protocol === 'h2';
    const quietFor = now - (this.#transport.lastByteAt ?? -Infinity);
    const due =
      lost ||
      (pings
        ? now - this.#requestedAt >= requestIntervalMs
        : quietFor >= intervalMs / 2);
    if (due && !this.#requesting) {
      this.#requestedAt = now;
      this.#requesting = true;
      void this.#request().finally(() => {
        this.#requesting = false;
      });
    }
  }

  /** Any answer counts, refusals too: it is the server that refuses. */
  async #request(): Promise<void> {
    const { timeoutMs } = this.#times;
    const wasLost = this.#transport.loss !== undefined;
    try {
      const response = await this.#transport.request({
        path: apiPath('version'),
        signal: this.#stopped.signal,
        headTimeoutMs: wasLost ? timeoutMs * 2 : timeoutMs,
        idleTimeoutMs: timeoutMs,
      });
      response.discard();
      if (GATEWAY_STATUSES.has(response.status)) {
        this.#transport.lose(
          new TransportError({
            code: 'gateway',
            message: `A proxy answers ${response.status} in place of the API server`,
            nextStep: 'Check that the API server behind the proxy is running.',
          }),
        );
      }
    } catch (error) {
      // Refused connections and the like are known to the transport; silence is not.
      if (error instanceof TransportError && error.code === 'timeout') {
        this.#transport.drop(silenced(error));
      }
    }
  }
}

function silenced(error: TransportError): TransportError {
  return new TransportError({
    code: error.code,
    since: error.since,
    message: `The API server has stopped answering: ${error.message}`,
    nextStep:
      'Check that the API server is running and not frozen, and the network, VPN or firewall on the way.',
  });
}
