import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  randomUUID,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { jwtVerify, SignJWT } from 'jose';
import { KubeObject } from '../objects/KubeObject';
import { Store } from '../storage/Store';
import { User } from './Authenticator';

/** Who signs the tokens, and whom they are for unless somebody says otherwise. */
export const TOKEN_ISSUER = 'https://kubernetes.default.svc';

const ALGORITHM = 'ES256';
const CLAIMS = 'kubernetes.io';

/** An object with which a token ends. */
interface BoundObject {
  kind: 'Pod' | 'Secret' | 'Node';
  name: string;
  uid: string;
}

const STORED_IN: Record<BoundObject['kind'], string> = {
  Pod: '/pods',
  Secret: '/secrets',
  Node: '/nodes',
};

/** The claims of a token about the cluster that it is for. */
interface ClusterClaims {
  namespace: string;
  serviceaccount: { name: string; uid: string };
  pod?: { name: string; uid: string };
  secret?: { name: string; uid: string };
  node?: { name: string; uid: string };
}

/** Signs tokens of service accounts and recognises them. */
export class ServiceAccountTokens {
  readonly #store: Store;
  readonly #clock: { now(): number };
  readonly #keyFile: string | undefined;
  #key: KeyObject | undefined;

  /** @param options - `keyFile` keeps the key, so that tokens outlive the server; without it they do not. */
  constructor(options: {
    store: Store;
    clock: { now(): number };
    keyFile?: string;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#keyFile = options.keyFile;
  }

  /** A signed token and when it expires (ms since the epoch). */
  async issue(options: {
    serviceAccount: KubeObject;
    audiences: readonly string[];
    expirationSeconds: number;
    bound?: BoundObject;
  }): Promise<{ token: string; expiresAt: number }> {
    const { serviceAccount, audiences, expirationSeconds, bound } = options;
    const { name, namespace = '', uid } = serviceAccount.metadata;
    const issuedAt = Math.floor(this.#clock.now() / 1000);
    const claims: ClusterClaims = {
      namespace,
      serviceaccount: { name, uid },
      ...(bound && {
        [bound.kind.toLowerCase()]: { name: bound.name, uid: bound.uid },
      }),
    };
    const key = this.#knownKey() ?? this.#newKey();
    const token = await new SignJWT({ [CLAIMS]: claims })
      .setProtectedHeader({ alg: ALGORITHM })
      .setAudience([...audiences])
      .setIssuer(TOKEN_ISSUER)
      .setSubject(`system:serviceaccount:${namespace}:${name}`)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + expirationSeconds)
      .setJti(randomUUID())
      .sign(key);
    return { token, expiresAt: (issuedAt + expirationSeconds) * 1000 };
  }

  /** The service account that a token stands for; undefined where it is not one of ours, has expired, or what it is for is gone. */
  async userOf(
    token: string,
    audiences: readonly string[] = [TOKEN_ISSUER],
  ): Promise<User | undefined> {
    const key = this.#knownKey();
    // Nobody has been given one, or it does not look like one.
    if (!key || token.split('.').length !== 3) {
      return undefined;
    }
    let claims: ClusterClaims;
    let id: string | undefined;
    try {
      const { payload } = await jwtVerify(token, createPublicKey(key), {
        issuer: TOKEN_ISSUER,
        audience: [...audiences],
        currentDate: new Date(this.#clock.now()),
      });
      claims = payload[CLAIMS] as ClusterClaims;
      id = payload.jti;
    } catch {
      return undefined;
    }
    const { namespace, serviceaccount: account } = claims;
    const isThere = (kind: string, ref?: { name: string; uid: string }) =>
      !ref ||
      this.#store.get(
        kind,
        kind === STORED_IN.Node ? undefined : namespace,
        ref.name,
      )?.metadata.uid === ref.uid;
    if (
      !isThere('/serviceaccounts', account) ||
      !isThere(STORED_IN.Pod, claims.pod) ||
      !isThere(STORED_IN.Secret, claims.secret) ||
      !isThere(STORED_IN.Node, claims.node)
    ) {
      return undefined;
    }
    return {
      user: `system:serviceaccount:${namespace}:${account.name}`,
      uid: account.uid,
      groups: [
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
      ],
      extra: {
        'authentication.kubernetes.io/credential-id': [`JTI=${id}`],
      },
    };
  }

  #knownKey(): KeyObject | undefined {
    if (!this.#key && this.#keyFile && existsSync(this.#keyFile)) {
      this.#key = createPrivateKey(readFileSync(this.#keyFile));
    }
    return this.#key;
  }

  #newKey(): KeyObject {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    if (this.#keyFile) {
      mkdirSync(dirname(this.#keyFile), { recursive: true });
      writeFileSync(
        this.#keyFile,
        privateKey.export({ type: 'pkcs8', format: 'pem' }),
        { mode: 0o600 },
      );
    }
    this.#key = privateKey;
    return privateKey;
  }
}
