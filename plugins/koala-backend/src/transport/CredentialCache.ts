import { Clock } from './Clock';
import { Credential } from './Credential';
import { tokenExpiry } from './tokenExpiry';
import { TransportError } from './TransportError';

/** Token files rotate at their own pace, so a credential is read again after this time at the latest. */
const MAX_AGE_MS = 5 * 60_000;
/** Read again this long before the end, or after four fifths of a short life. */
const EARLY_MS = 60_000;
/** A credential that stays refused is not read again more often: it may cost a command or a login. */
const REFUSED_INTERVAL_MS = 5_000;
/** A supplier of credentials (metadata service, `exec` command) that takes longer has failed. */
const READ_TIMEOUT_MS = 20_000;

interface Held {
  credential: Credential;
  readAgainAt: number;
}

/**
 * The credential of one cluster: read once for all requests, again before it ends, and at once when the API
 * server refuses it.
 */
export class CredentialCache {
  readonly #read: () => Promise<Credential>;
  readonly #clock: Clock;
  #held: Held | undefined;
  #refusedAt = -Infinity;
  #reading: Promise<Credential> | undefined;

  static create(options: {
    read: () => Promise<Credential>;
    clock: Clock;
  }): CredentialCache {
    return new CredentialCache(options);
  }

  private constructor(options: {
    read: () => Promise<Credential>;
    clock: Clock;
  }) {
    this.#read = options.read;
    this.#clock = options.clock;
  }

  /** @throws TransportError with code `credential` */
  async get(): Promise<Credential> {
    if (this.#held && this.#clock.now() < this.#held.readAgainAt) {
      return this.#held.credential;
    }
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Forgets a credential that was refused, unless another has taken its place already. */
  refuse(credential: Credential): void {
    const now = this.#clock.now();
    if (
      this.#held?.credential === credential &&
      now - this.#refusedAt >= REFUSED_INTERVAL_MS
    ) {
      this.#refusedAt = now;
      this.#held = undefined;
    }
  }

  async #refresh(): Promise<Credential> {
    const now = this.#clock.now();
    let credential: Credential;
    try {
      credential = await this.#bounded();
    } catch (error) {
      throw new TransportError({
        code: 'credential',
        message: `No credential could be had: ${
          error instanceof Error ? error.message : error
        }`,
        nextStep:
          "Check the cluster's authentication provider, token or kubeconfig.",
        cause: error,
      });
    }
    this.#held = { credential, readAgainAt: readAgainAt(credential, now) };
    return credential;
  }

  async #bounded(): Promise<Credential> {
    let cancel = () => {};
    const timeout = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(READ_TIMEOUT_MS, () =>
        reject(
          new Error(
            `its supplier did not answer in ${READ_TIMEOUT_MS / 1000} s`,
          ),
        ),
      );
    });
    try {
      return await Promise.race([this.#read(), timeout]);
    } finally {
      cancel();
    }
  }
}

function readAgainAt(credential: Credential, now: number): number {
  let expiresAt: number | undefined;
  if (credential.type === 'token') {
    expiresAt = credential.expiresAt ?? tokenExpiry(credential.token);
  } else if (credential.type === 'certificate') {
    expiresAt = credential.expiresAt;
  }
  if (expiresAt === undefined) {
    return now + MAX_AGE_MS;
  }
  const life = Math.max(0, expiresAt - now);
  // A token that has ended already is read again at the next request, not in a loop.
  return now + Math.min(MAX_AGE_MS, Math.max(life - EARLY_MS, life * 0.8));
}
